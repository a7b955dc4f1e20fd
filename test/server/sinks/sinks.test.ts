import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SaxesParser } from 'saxes';
import { lensText, logText, notificationText, plainText } from '../../../server/sinks/editor.ts';
import { jsonText } from '../../../server/sinks/json.ts';
import { commentText, markdown, markdownLink, markdownText } from '../../../server/sinks/markdown.ts';
import {
  type Output,
  type TerminalText,
  terminal,
  terminalLines,
  terminalText,
} from '../../../server/sinks/terminal.ts';
import { ownUri, relativeUri, slashed } from '../../../server/sinks/uri.ts';
import { commandData, commandProperty } from '../../../server/sinks/workflow-commands.ts';
import { attributes, xml, xmlText } from '../../../server/sinks/xml.ts';
import { commandsIn, HOSTILE, hides, iconsIn, linksInNotification, ORDINARY, readMarkdown } from './readers.ts';

/** What of a text is still known where it is shown: what is hidden is replaced, in any number of characters. */
function known(text: string): string {
  return text.replaceAll(/\s/g, ' ');
}

function decoded(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');
}

/** The attribute and the text of an element, as a parser of XML reads it. */
function readXml(element: string): readonly string[] {
  const read: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ attributes }) => read.push(...Object.values(attributes as Record<string, string>)));
  parser.on('text', (content) => read.push(content));
  parser.write(element).close();
  return read;
}

function xmlWith(text: string): string {
  return xml`<a${attributes({ b: text })}>${xmlText(text)}</a>`;
}

interface Sink {
  readonly make: (text: string) => string;
  /** What would be obeyed in what was made. */
  readonly obeyed: (made: string) => readonly string[];
  /** What of ordinary text is read. */
  readonly read: (made: string) => string;
}

const same = (made: string) => made;

const SINKS: Readonly<Record<string, Sink>> = {
  'a piece of a line at a terminal': { make: terminalText, obeyed: commandsIn, read: same },
  'a line at a terminal': {
    make: (text) => terminal`  ${terminalText(text)}`,
    obeyed: commandsIn,
    read: (made) => made.slice(2),
  },
  'the data of a workflow command': {
    make: commandData,
    obeyed: (made) => [...commandsIn(`::error::${made}`).slice(1), ...(/[\r\n]/.test(made) ? ['a line'] : [])],
    read: decoded,
  },
  'a property of a workflow command': {
    make: commandProperty,
    obeyed: (made) => (/[,:\r\n]/.test(made) ? ['another property'] : []),
    read: decoded,
  },
  JSON: { make: jsonText, obeyed: commandsIn, read: JSON.parse },
  'Markdown in an editor': { make: (text) => markdown`a ${markdownText(text)}`, obeyed: typesIn, read: textOf },
  'Markdown in a comment': {
    make: (text) => markdown`a ${commentText(text)}`,
    // GitHub looks for names and numbers in the text that is left, and for formulas and cells before.
    obeyed: (made) => [...typesIn(made), ...(textOf(made).match(/[@#]\w/g) ?? []), ...(made.match(/[$|]/g) ?? [])],
    read: (made) => textOf(made).replaceAll('\u200B', ''),
  },
  'the address of a link': {
    make: (text) => markdownLink(markdown`a`, relativeUri(text)),
    obeyed: (made) => typesIn(made).filter((type) => type !== 'link_open' && type !== 'link_close'),
    read: (made) => decodeURIComponent(made.slice('[a]('.length, -1)),
  },
  XML: { make: xmlWith, obeyed: commandsIn, read: (made) => readXml(made)[0] ?? '' },
  'a relative URI': {
    make: relativeUri,
    obeyed: (made) => (/^[\w/.%!~*'()-]*$/.test(made) ? [] : ['a URI']),
    read: decodeURIComponent,
  },
  'the message of a problem': { make: plainText, obeyed: () => [], read: same },
  'a notification': { make: notificationText, obeyed: linksInNotification, read: same },
  'the title of a code lens': { make: lensText, obeyed: iconsIn, read: same },
};

function textOf(made: string): string {
  return readMarkdown(made).text.slice('a '.length);
}

function typesIn(made: string): string[] {
  return readMarkdown(made).types.filter((type) => type !== 'text');
}

describe('texts of strangers', () => {
  for (const [sink, { make, obeyed, read }] of Object.entries(SINKS))
    describe(`in ${sink}`, () => {
      for (const [what, text] of Object.entries(HOSTILE))
        it(`do nothing: ${what}`, () => {
          const made = make(text);
          assert.equal(hides(made), false, JSON.stringify(made));
          assert.deepEqual(obeyed(made), [], made);
        });
      for (const text of ORDINARY)
        it(`are shown as they are: ${text}`, () => {
          // Markdown has one line, and no blanks but single ones.
          assert.equal(known(read(make(text))), known(text));
        });
    });
});

describe('a text of several lines', () => {
  it('keeps its lines, each of them safe, and their ends', () => {
    const made = terminalLines('a\r\n ::stop-commands::x\n\u001B[1mb\n');
    assert.equal(made, 'a\r\n :\uFFFDstop-commands::x\n\uFFFD[1mb\n');
  });

  it('begins one entry of a log', () => {
    assert.equal(logText('a\nb\u001B\r\nc'), 'a\n  b\uFFFD\n  c');
  });
});

describe('what is written for programs', () => {
  it('says in JSON what it said, in a form that can be printed', () => {
    for (const text of Object.values(HOSTILE)) assert.equal(JSON.parse(jsonText([text], 2))[0], text);
  });

  it('says in XML what XML can hold, with line breaks', () => {
    const text = 'a\nb\tc "<&>\' ##[d]';
    assert.deepEqual(readXml(xmlWith(text)), [text, text]);
  });

  it('names a file as its system does', () => {
    assert.equal(relativeUri(slashed('a\\b.yaml', '/')), 'a%5Cb.yaml');
    assert.equal(relativeUri(slashed('a\\b.yaml', '\\')), 'a/b.yaml');
    assert.equal(relativeUri('a:b.yaml'), 'a%3Ab.yaml');
    assert.equal(relativeUri('a\uD800b?#.yaml'), 'a%EF%BF%BDb%3F%23.yaml');
  });

  it('cannot end a link with an address', () => {
    assert.equal(markdownLink(markdown`a`, ownUri('file:///a(1) <b>\\')), '[a](file:///a%281%29%20%3Cb%3E%5C)');
  });
});

it('a sink takes no text that was not made for it', () => {
  const written: string[] = [];
  const out = { write: (text: string) => written.push(text) } as unknown as Output;
  const text: string = 'a';
  // @ts-expect-error a text of anywhere
  out.write(text);
  // @ts-expect-error a text of anywhere within a template of a terminal
  out.write(terminal`a${text}`);
  // @ts-expect-error what was put together without the template
  const joined: TerminalText = `${terminalText(text)}${text}`;
  // @ts-expect-error a text for another sink
  const other: TerminalText = markdownText(text);
  assert.deepEqual([...written, joined, other], ['a', 'aa', 'aa', 'a']);
});
