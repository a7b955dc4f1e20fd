import { type Data, dict, list, put, text, typeName } from '../../../language/go-template/data.ts';
import type { Rope } from '../../../language/go-template/rope.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { JsonError, readJson } from '../formats/json-read.ts';
import { type JsonStyle, writeJson } from '../formats/json-write.ts';
import { writeToml } from '../formats/toml-write.ts';
import { readYamlText, YamlError } from '../formats/yaml-read.ts';
import { Unwritable, writeYaml } from '../formats/yaml-write.ts';
import type { Spend } from './deep-equal.ts';
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

function toYaml(data: Data, spend: Spend): Data {
  return written(() => {
    const rope = writeYaml(data, spend);
    return NOT_IN_YAML.test(rope.text) || rope.text.includes('\\x') ? checked(data, rope, spend) : rope;
  });
}

function checked(data: Data, rope: Rope, spend: Spend): Rope {
  if (NOT_IN_YAML.test(writeJson(data, spend).text)) throw new Unwritable('control characters are not allowed');
  return rope;
}

function jsonWriter(style: JsonStyle) {
  return withUnknown(fn(['any'], ([data], { spend }) => written(() => writeJson(data, spend, style))));
}

function strictJsonWriter(style: JsonStyle) {
  return withUnknown(
    fn(['any'], ([data], { spend }) => {
      try {
        return text(writeJson(data, spend, style));
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

/** Reading a text takes longer than making one. */
function reader(read: (rope: Rope) => Data) {
  return fn(['string'], ([rope], { spend }) => {
    spend(rope.length / 4);
    return read(rope);
  });
}

const YAML_ERROR = 'error unmarshaling JSON: while decoding JSON: json: ';

export const SERIAL_FUNCTIONS: FunctionTable = {
  toYaml: withUnknown(fn(['any'], ([data], { spend }) => toYaml(data, spend))),
  toYamlPretty: withUnknown(fn(['any'], ([data], { spend }) => written(() => writeYaml(data, spend, true)))),
  fromYaml: reader((rope) => asMap(() => readYamlText(rope), YAML_ERROR)),
  fromYamlArray: reader((rope) => asList(() => readYamlText(rope), YAML_ERROR)),
  toJson: jsonWriter({}),
  toPrettyJson: jsonWriter({ isPretty: true }),
  toRawJson: jsonWriter({ isRaw: true }),
  mustToJson: strictJsonWriter({}),
  mustToPrettyJson: strictJsonWriter({ isPretty: true }),
  mustToRawJson: strictJsonWriter({ isRaw: true }),
  fromJson: reader((rope) => asMap(() => readJson(rope), 'json: ')),
  fromJsonArray: reader((rope) => asList(() => readJson(rope), 'json: ')),
  mustFromJson: reader((rope) => {
    try {
      return readJson(rope);
    } catch (error) {
      if (error instanceof JsonError) throw new TemplateError(error.message);
      throw error;
    }
  }),
  toToml: fn(['any'], ([data], { spend }) => {
    if (data.kind === 'nil') throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
    return text(writeToml(data, spend));
  }),
  fromToml: fn(['string'], () => ({ kind: 'unknown', reason: 'fromToml' })),
};
