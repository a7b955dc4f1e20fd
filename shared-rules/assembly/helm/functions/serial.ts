import { type Data, dict, list, put, text, typeName } from '../../../language/go-template/data.ts';
import type { Rope } from '../../../language/go-template/rope.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { JsonError, readJson } from '../formats/json-read.ts';
import { type JsonStyle, writeJson } from '../formats/json-write.ts';
import { writeToml } from '../formats/toml-write.ts';
import { readYamlText, YamlError } from '../formats/yaml-read.ts';
import { Unwritable, writeYaml } from '../formats/yaml-write.ts';
import { type FunctionTable, fn, withUnknown } from './define.ts';

/** What cannot be written gives an empty text. */
function written(write: () => Rope): Data {
  try {
    return text(write());
  } catch (error) {
    if (error instanceof Unwritable) return text('');
    throw error;
  }
}

/** Characters that YAML has in no text: the JSON that `toYaml` makes first is not read again. */
const NOT_IN_YAML = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

function toYaml(data: Data): Data {
  return written(() => {
    const rope = writeYaml(data);
    return NOT_IN_YAML.test(rope.text) || rope.text.includes('\\x') ? checked(data, rope) : rope;
  });
}

function checked(data: Data, rope: Rope): Rope {
  if (NOT_IN_YAML.test(writeJson(data).text)) throw new Unwritable('control characters are not allowed');
  return rope;
}

function jsonWriter(style: JsonStyle) {
  return withUnknown(fn(['any'], ([data]) => written(() => writeJson(data, style))));
}

function strictJsonWriter(style: JsonStyle) {
  return withUnknown(
    fn(['any'], ([data]) => {
      try {
        return text(writeJson(data, style));
      } catch (error) {
        if (error instanceof Unwritable) throw new TemplateError(error.message);
        throw error;
      }
    }),
  );
}

/** What is read where a map is wanted; what is wrong is in it under `Error`. */
function asMap(read: () => Data, from: string): Data {
  try {
    const data = read();
    if (data.kind === 'dict' || data.kind === 'unknown') return data;
    return data.kind === 'nil'
      ? dict()
      : failed(`${from}cannot unmarshal ${jsonKind(data)} into Go value of type map[string]interface {}`);
  } catch (error) {
    return failed(messageOf(error));
  }
}

function failed(message: string): Data {
  const made = dict();
  put(made, 'Error', text(message));
  return made;
}

/** The same where a list is wanted: what is wrong is its item. */
function asList(read: () => Data, from: string): Data {
  try {
    const data = read();
    if (data.kind === 'list' || data.kind === 'unknown') return data;
    if (data.kind === 'nil') return { ...list([]), isNil: true };
    return list([text(`${from}cannot unmarshal ${jsonKind(data)} into Go value of type []interface {}`)]);
  } catch (error) {
    return list([text(messageOf(error))]);
  }
}

function messageOf(error: unknown): string {
  if (error instanceof JsonError) return error.message;
  if (error instanceof YamlError)
    return `error converting YAML to JSON: ${error.message.startsWith('json: ') ? '' : 'yaml: '}${error.message}`;
  throw error;
}

function jsonKind(data: Data): string {
  if (data.kind === 'text') return 'string';
  if (data.kind === 'list') return 'array';
  if (data.kind === 'dict') return 'object';
  return data.kind === 'float' ? 'number' : typeName(data);
}

const YAML_ERROR = 'error unmarshaling JSON: while decoding JSON: json: ';

export const SERIAL_FUNCTIONS: FunctionTable = {
  toYaml: withUnknown(fn(['any'], ([data]) => toYaml(data))),
  toYamlPretty: withUnknown(fn(['any'], ([data]) => written(() => writeYaml(data, true)))),
  fromYaml: fn(['string'], ([rope]) => asMap(() => readYamlText(rope), YAML_ERROR)),
  fromYamlArray: fn(['string'], ([rope]) => asList(() => readYamlText(rope), YAML_ERROR)),
  toJson: jsonWriter({}),
  toPrettyJson: jsonWriter({ isPretty: true }),
  toRawJson: jsonWriter({ isRaw: true }),
  mustToJson: strictJsonWriter({}),
  mustToPrettyJson: strictJsonWriter({ isPretty: true }),
  mustToRawJson: strictJsonWriter({ isRaw: true }),
  fromJson: fn(['string'], ([rope]) => asMap(() => readJson(rope), 'json: ')),
  fromJsonArray: fn(['string'], ([rope]) => asList(() => readJson(rope), 'json: ')),
  mustFromJson: fn(['string'], ([rope]) => {
    try {
      return readJson(rope);
    } catch (error) {
      if (error instanceof JsonError) throw new TemplateError(error.message);
      throw error;
    }
  }),
  toToml: fn(['any'], ([data]) => {
    if (data.kind === 'nil') throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
    return text(writeToml(data));
  }),
  fromToml: fn(['string'], () => ({ kind: 'unknown', reason: 'fromToml' })),
};
