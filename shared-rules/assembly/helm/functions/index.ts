import { BUILTINS } from '../../../language/go-template/builtins.ts';
import type { TemplateFunction } from '../../../language/go-template/data.ts';
import { DICT_FUNCTIONS } from './dicts.ts';
import { ENCODING_FUNCTIONS } from './encodings.ts';
import { FLOW_FUNCTIONS } from './flow.ts';
import { HASH_FUNCTIONS } from './hashes.ts';
import { LIST_FUNCTIONS } from './lists.ts';
import { MATH_FUNCTIONS } from './math.ts';
import { PATH_FUNCTIONS } from './paths.ts';
import { REGEX_FUNCTIONS } from './regex.ts';
import { VERSION_FUNCTIONS } from './semver.ts';
import { SERIAL_FUNCTIONS } from './serial.ts';
import { STRING_FUNCTIONS } from './strings.ts';
import { CASE_FUNCTIONS } from './text-cases.ts';
import { UNKNOWABLE_FUNCTIONS } from './unknowable.ts';
import { URL_FUNCTIONS } from './urls.ts';

/**
 * The functions that Helm has for templates: those of `text/template`, of Sprig v3 (https://masterminds.github.io/sprig) without
 * `env` and `expandenv`, and its own (https://helm.sh/docs/chart_template_guide/function_list).
 */
export const HELM_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map([
  ...BUILTINS,
  ...Object.entries({
    ...DICT_FUNCTIONS,
    ...ENCODING_FUNCTIONS,
    ...FLOW_FUNCTIONS,
    ...HASH_FUNCTIONS,
    ...LIST_FUNCTIONS,
    ...MATH_FUNCTIONS,
    ...PATH_FUNCTIONS,
    ...REGEX_FUNCTIONS,
    ...SERIAL_FUNCTIONS,
    ...STRING_FUNCTIONS,
    ...CASE_FUNCTIONS,
    ...UNKNOWABLE_FUNCTIONS,
    ...URL_FUNCTIONS,
    ...VERSION_FUNCTIONS,
  }),
]);
