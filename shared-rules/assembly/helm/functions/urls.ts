import { type Data, type Dict, dict, text } from '../../../language/go-template/data.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { fromUtf8, utf8Bytes } from '../../../language/utf8.ts';
import { type FunctionTable, fn } from './define.ts';
import { kindName } from './strings.ts';

/** The parts of a URL as Go's package `net/url` names them. */
interface Url {
  readonly scheme: string;
  readonly opaque: string;
  readonly userinfo: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function failure(url: string, problem: string): TemplateError {
  return new TemplateError(`unable to parse url: parse ${JSON.stringify(url)}: ${problem}`);
}

/** What `%41` and the like stand for. @throws TemplateError where one is wrong */
function unescaped(part: string, url: string): string {
  const wrong = /%(?![0-9a-fA-F]{2})[\s\S]{0,2}/.exec(part);
  if (wrong) throw failure(url, `invalid URL escape ${JSON.stringify(wrong[0])}`);
  return part.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    fromUtf8(Array.from(escapes.matchAll(/%(..)/g), ([, digits]) => Number.parseInt(digits as string, 16))),
  );
}

function parseUrl(url: string): Url {
  if (/[^ -\uffff]|\x7f/.test(url)) throw failure(url, 'net/url: invalid control character in URL');
  const [withoutFragment, fragment = ''] = cut(url, '#');
  const colon = withoutFragment.indexOf(':');
  if (colon === 0) throw failure(url, 'missing protocol scheme');
  const scheme = withoutFragment.slice(0, Math.max(colon, 0));
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme);
  const [beforeQuery, query = ''] = cut(hasScheme ? withoutFragment.slice(colon + 1) : withoutFragment, '?');
  const parts = { scheme: hasScheme ? scheme.toLowerCase() : '', query, fragment: unescaped(fragment, url) };
  if (hasScheme && !beforeQuery.startsWith('/'))
    return { ...parts, opaque: beforeQuery, userinfo: '', host: '', path: '' };
  if (!beforeQuery.startsWith('//') || beforeQuery.startsWith('///')) {
    if (!hasScheme && beforeQuery.split('/')[0]?.includes(':'))
      throw failure(url, 'first path segment in URL cannot contain colon');
    return { ...parts, opaque: '', userinfo: '', host: '', path: unescaped(beforeQuery, url) };
  }
  const slash = beforeQuery.indexOf('/', 2);
  const authority = beforeQuery.slice(2, slash < 0 ? undefined : slash);
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const space = /[ "<>\\^`{|}]/.exec(host);
  if (space) throw failure(url, `invalid character ${JSON.stringify(space[0])} in host name`);
  const path = slash < 0 ? '' : unescaped(beforeQuery.slice(slash), url);
  return { ...parts, opaque: '', userinfo: at < 0 ? '' : authority.slice(0, at), host: unescaped(host, url), path };
}

function cut(value: string, separator: string): [string, string?] {
  const at = value.indexOf(separator);
  return at < 0 ? [value] : [value.slice(0, at), value.slice(at + 1)];
}

function hostname(host: string): string {
  const [, bracketed] = /^\[([^\]]*)\]/.exec(host) ?? [];
  return bracketed ?? host.replace(/:[0-9]*$/, '');
}

function escaped(part: string, kept: RegExp): string {
  return Array.from(part, (character) => {
    if (kept.test(character)) return character;
    return utf8Bytes(character)
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
  }).join('');
}

function urlText({ scheme, opaque, userinfo, host, path, query, fragment }: Url): string {
  const authority = userinfo === '' ? host : `${userinfo}@${host}`;
  const escapedPath = escaped(path, /^[\w.~$&+,/:;=@!'()*-]$/);
  const hasAuthority = scheme !== '' || host !== '' || userinfo !== '';
  const isRooted = hasAuthority && (host !== '' || path !== '' || userinfo !== '');
  const slashes = isRooted ? (host !== '' || path.startsWith('/') || userinfo !== '' ? '//' : '') : '';
  const separator = path !== '' && !path.startsWith('/') && host !== '' ? '/' : '';
  const rest =
    opaque !== ''
      ? opaque
      : `${slashes}${isRooted ? escaped(authority, /^[\w.~$&+,:;=@!'()*[\]%-]$/) : ''}${separator}${escapedPath}`;
  const hash = fragment === '' ? '' : `#${escaped(fragment, /^[\w.~$&+,/:;=?@!'()*-]$/)}`;
  return `${scheme === '' ? '' : `${scheme}:`}${rest}${query === '' ? '' : `?${query}`}${hash}`;
}

function parts(url: string): Data {
  const parsed = parseUrl(url);
  const all = { ...parsed, hostname: hostname(parsed.host) };
  return dict(Object.entries(all).map(([name, value]) => [name, text(value)]));
}

function partOf(target: Dict, name: string): string {
  const value = target.entries.get(name)?.value;
  if (value === undefined) return '';
  if (value.kind === 'text') return value.rope.text;
  throw new TemplateError(`unable to parse ${name} key, must be of type string, but ${kindName(value)} found`);
}

export const URL_FUNCTIONS: FunctionTable = {
  urlParse: fn(['string'], ([url]) => parts(url.text)),
  urlJoin: fn(['map[string]interface {}'], ([target]) => {
    const part = (name: string) => partOf(target, name);
    return text(
      urlText({
        scheme: part('scheme'),
        opaque: part('opaque'),
        userinfo: part('userinfo'),
        host: part('host'),
        path: part('path'),
        query: part('query'),
        fragment: part('fragment'),
      }),
    );
  }),
};
