import { join } from 'node:path';
import { checkCommand } from '../folder/section.ts';
import type { Peers } from './install.ts';

/** A program that looks at a folder. */
export interface Tool {
  readonly name: string;
  readonly command: (folder: string) => string[];
  /** How many Kubernetes objects it has looked at, by what it printed; or a sign that it looked. */
  readonly evidence: (output: string) => string;
}

/** The programs that are there. */
export function toolsOf(peers: Peers): Tool[] {
  const { schemas } = peers;
  const program = (name: string) => peers.all.find((peer) => peer.name === name)?.program;
  const tools: Tool[] = [
    {
      name: 'Bulkhead',
      command: checkCommand,
      evidence: (output) => `${output.split('\n').filter((line) => line.startsWith('::')).length} findings`,
    },
  ];
  const [kubeconform, kubeLinter, checkov] = ['kubeconform', 'kube-linter', 'checkov'].map(program);
  if (kubeconform && schemas)
    tools.push({
      name: 'kubeconform',
      command: (folder) => [
        ...[kubeconform, '-schema-location', join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json')],
        ...['-ignore-missing-schemas', '-summary', '-output', 'json', folder],
      ],
      evidence: (output) => {
        const { valid, invalid, errors, skipped } = JSON.parse(output).summary;
        return `${valid} valid, ${invalid} invalid, ${errors} not read, ${skipped} skipped`;
      },
    });
  if (kubeLinter)
    tools.push({
      name: 'kube-linter',
      command: (folder) => [kubeLinter, 'lint', '--format', 'json', folder],
      evidence: (output) => `${JSON.parse(output).Reports?.length ?? 0} findings`,
    });
  if (checkov)
    tools.push({
      name: 'checkov',
      command: (folder) => [
        ...[checkov, '-d', folder, '--framework', 'kubernetes', '--compact', '--quiet', '-o', 'json'],
        // It would wait for its maker's server.
        '--skip-download',
      ],
      evidence: (output) => {
        // Where it finds nothing to check it leaves the summary's frame out.
        const said = JSON.parse(output);
        const { resource_count, failed, parsing_errors } = said.summary ?? said;
        return `${resource_count} objects, ${failed} failed checks, ${parsing_errors} not read`;
      },
    });
  const monokle = program('@monokle/validation');
  if (monokle)
    tools.push({
      name: '@monokle/validation',
      command: (folder) => [process.execPath, join(import.meta.dirname, 'monokle.ts'), join(monokle, '..'), folder],
      evidence: (output) => {
        const { resources, results } = JSON.parse(output);
        return `${resources} objects, ${results} results`;
      },
    });
  return tools;
}
