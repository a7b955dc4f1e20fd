/** The JSON schemas of `.bulkhead.yaml` and of a policy, for editors that know YAML by schemas. */
import { POLICY } from '../shared-rules/config/policy-shape.ts';
import { CONFIG } from '../shared-rules/config/shape.ts';

export const configSchema = () => titled('Configuration of Bulkhead', CONFIG);
export const policySchema = () => titled('Policy of Bulkhead', POLICY);

function titled(title, shape) {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schemaOf(shape) };
}

function schemaOf(shape) {
  switch (shape.type) {
    case 'mapping':
      return {
        type: 'object',
        additionalProperties: false,
        properties: mapValues(shape.keys, keySchema),
        ...needed(shape.needs),
      };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'table':
      return {
        type: 'object',
        additionalProperties: false,
        properties: mapValues(shape.key.values, (description) => ({ ...schemaOf(shape.value), description })),
      };
    case 'choice':
      return { enum: Object.keys(shape.values), markdownEnumDescriptions: Object.values(shape.values) };
    case 'text':
      return { type: ['string', ...typesOfPlain(shape.pattern)], pattern: shape.pattern.source };
  }
}

/** What a text of the pattern may look like to YAML; it is read as the text it is. */
function typesOfPlain(pattern) {
  return [...(pattern.test('1.31') ? ['number'] : []), ...(pattern.test('true') ? ['boolean'] : [])];
}

function keySchema({ shape, description, mayBeEmpty }) {
  const { type, ...rest } = schemaOf(shape);
  const least = { object: { minProperties: 1 }, array: { minItems: 1 } };
  if (!type) return { description, ...rest };
  return mayBeEmpty ? { description, type: [type, 'null'], ...rest } : { description, type, ...least[type], ...rest };
}

function needed(needs) {
  const required = needs.filter(({ oneOf }) => oneOf.length === 1).flatMap(({ oneOf }) => oneOf);
  const choices = needs.filter(({ oneOf }) => oneOf.length > 1).map(({ oneOf }) => oneOf);
  return {
    ...(required.length > 0 && { required }),
    ...(choices.length > 0 && {
      allOf: choices.map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) })),
    }),
  };
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
