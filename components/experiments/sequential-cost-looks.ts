import type { FormName } from '#src/experiments/sequential-cost-forms.ts';
import { writeTime } from '#src/experiments/sequential-cost-times.ts';
import type { Spread } from '#src/experiments/stopwatch.ts';
import type { Curve } from '#components/plots/curves.ts';

const chainTones: Record<string, string> = { simpleRnn: 'rnn', gru: 'gru', lstm: 'lstm' };

/** How a form is drawn, wherever it is. */
export function lookOf(form: FormName, cell: string): Pick<Curve, 'label' | 'tone' | 'stroke'> {
  return {
    label: form,
    tone: form === 'chain' ? chainTones[cell]! : 'order-parallel',
    stroke: form === 'chain' ? 'solid' : form === 'convolution' ? 'dashed' : 'dotted',
  };
}

/** The fastest times as a line, the middle half of them as its band. */
export function timesOf(form: FormName, cell: string, at: readonly number[], times: readonly Spread[]): Curve {
  return {
    ...lookOf(form, cell),
    at,
    values: times.map(({ fastest }) => fastest),
    band: { low: times.map(({ lower }) => lower), high: times.map(({ upper }) => upper) },
    dots: true,
  };
}

/** What a time is, and how it varied, in words. */
export function sayTime(form: FormName, { fastest, lower, median, upper }: Spread): string {
  return `${form} ${writeTime(fastest)} at its fastest, in the middle ${writeTime(median)}, half of the rounds between ${writeTime(lower)} and ${writeTime(upper)}`;
}
