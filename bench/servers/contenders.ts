import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';

/** A language server and what an editor tells it. */
export interface Contender {
  readonly name: string;
  /** The arguments of Node. */
  readonly command: readonly string[];
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The answers to `workspace/configuration`, by section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly initializationOptions?: object;
  /** A folder with the contents that the server asks its client for, by the last segment of their address. */
  readonly contents?: string;
}

const require = createRequire(import.meta.url);
export const root = join(import.meta.dirname, '..', '..');
const here = (name: string) => join(import.meta.dirname, name);

export function bulkhead(nodeOptions: readonly string[] = []): Contender {
  return {
    name: 'Bulkhead',
    command: [...nodeOptions, join(root, 'dist', 'bulkhead.cjs'), 'lsp', '--stdio'],
    settings: { bulkhead: { profile: 'all' } },
  };
}

/** As the extension starts it. @param cache the folder that Node keeps compiled code in */
export const bulkheadInEditor = (cache: string): Contender => ({
  ...bulkhead(),
  name: 'Bulkhead in VS Code, from the second start on',
  command: [join(root, 'dist', 'server.cjs'), '--stdio'],
  environment: { NODE_COMPILE_CACHE: cache },
});

const YAML_SETTINGS = {
  validate: true,
  schemaStore: { enable: false },
  kubernetesCRDStore: { enable: false },
  // Left out at its own limit it would not read the largest files.
  maxItemsComputed: 5000,
};

function yamlLanguageServer(name: string, schemas: object): Contender {
  const program = join(require.resolve('yaml-language-server/package.json'), '..', 'bin', 'yaml-language-server');
  return {
    name,
    command: ['--require', here('no-debounce.cjs'), program, '--stdio'],
    settings: { yaml: { ...YAML_SETTINGS, schemas }, http: {} },
  };
}

export const yamlServer = () => yamlLanguageServer('yaml-language-server', {});

/** @param contents a folder that holds the schema of all Kubernetes objects as `all.json` */
export const yamlServerWithSchema = (contents: string): Contender => ({
  ...yamlLanguageServer('yaml-language-server, Kubernetes schema', { kubernetes: ['*.yaml'] }),
  contents,
});

/** The floor servers, to be made from one bundle. */
export class Floor {
  readonly #program: string;

  private constructor(program: string) {
    this.#program = program;
  }

  /** @param folder where the bundle is put */
  static async build(folder: string): Promise<Floor> {
    return new Floor(await bundle('floor-server', 'servers/floor-server.ts', folder));
  }

  touched = (): Contender => ({ name: 'Floor', command: [this.#program, '--stdio'] });

  withFindings = (findings: number): Contender => ({
    name: 'Floor with findings',
    command: [this.#program, '--stdio', '--findings', String(findings)],
  });

  whole = (): Contender => ({ name: 'Floor, whole file', command: [this.#program, '--stdio', '--whole'] });
}
