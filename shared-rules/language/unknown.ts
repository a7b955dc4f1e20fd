/** Stands, character for character, where a template action stood; a scalar that holds one is unknown. */
export const UNKNOWN_CHARACTER = '\uE000';
