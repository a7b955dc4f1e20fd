import type { TemplatePlace } from './rope.ts';

/** Why a template cannot be rendered: a message as Go's, and the place once it is known. */
export class TemplateError extends Error {
  place: TemplatePlace | undefined;

  constructor(message: string, place?: TemplatePlace) {
    super(message);
    this.place = place;
  }
}

/** What a chart itself says is wrong: `fail` and `required`. Its message is the chart's. */
export class ChartError extends TemplateError {}
