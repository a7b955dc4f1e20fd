import {
  type Disposable,
  type DocumentSelector,
  type LanguageStatusItem,
  languages,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';

/** What the server sends about a workspace folder's `.bulkhead.yaml`, by the notification `bulkhead/configuration`. */
interface FolderConfig {
  readonly folder: string;
  readonly file: string | null;
  readonly overruled: readonly string[];
  readonly off: number;
  readonly lowered: number;
  readonly leavesOut: boolean;
  readonly accepted: number;
  readonly details: readonly string[];
}

/**
 * Says in the language status whether a `.bulkhead.yaml` decides about the file that is looked at, and in an item of its own
 * what is not reported in its folder; the command of that opens the configuration.
 */
export function showConfiguration(
  client: LanguageClient,
  status: LanguageStatusItem,
  selector: DocumentSelector,
): Disposable[] {
  const configs = new Map<string, FolderConfig>();
  let item: LanguageStatusItem | undefined;
  const show = () => {
    const uri = window.activeTextEditor?.document.uri;
    const folder = uri && workspace.getWorkspaceFolder(uri)?.uri.toString();
    const config = folder === undefined ? undefined : configs.get(folder);
    const overruled = config?.overruled.length ? `; it wins over ${config.overruled.join(', ')}` : '';
    status.detail = config?.file ? `Configured by .bulkhead.yaml${overruled}` : '';
    item?.dispose();
    item = config && notReported(config, selector);
  };
  client.onNotification('bulkhead/configuration', (config: FolderConfig) => {
    configs.set(config.folder, config);
    show();
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) configs.clear();
    show();
  });
  return [window.onDidChangeActiveTextEditor(show), { dispose: () => item?.dispose() }];
}

/** The item that says what is not reported; undefined where everything is. */
function notReported(config: FolderConfig, selector: DocumentSelector): LanguageStatusItem | undefined {
  const { file, off, lowered, leavesOut, accepted, details } = config;
  const parts = [
    off > 0 ? `${plural(off, 'rule')} off` : '',
    lowered > 0 ? `${plural(lowered, 'rule')} lowered` : '',
    leavesOut ? 'files left out' : '',
    accepted > 0 ? `${plural(accepted, 'finding')} accepted` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const item = languages.createLanguageStatusItem('bulkhead.notReported', selector);
  item.name = 'Bulkhead: Not Reported';
  item.text = parts.join(', ');
  item.detail = 'Bulkhead: not reported';
  const tooltip = details.join('\n');
  item.command = file
    ? { title: 'Open .bulkhead.yaml', command: 'vscode.open', arguments: [Uri.parse(file)], tooltip }
    : { title: 'Show Log', command: 'bulkhead.showLog', tooltip };
  return item;
}

function plural(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
