import { rateOf, type Tried } from '#src/experiments/rates.ts';
import type { Curve } from '#components/plots/curves.ts';

/** One kind of model, and its runs at each place of a swept parameter. */
export interface Arm extends Pick<Curve, 'tone' | 'stroke'> {
  label: string;
  places: readonly { at: number; runs: readonly Tried[] }[];
}

/** Which share of the runs solved their task, place by place, in the band of the rates that so few runs leave open. */
export function successCurve({ label, tone, stroke, places }: Arm): Curve {
  const rates = places.map(({ runs }) => rateOf(runs));
  return {
    at: places.map(({ at }) => at),
    values: rates.map(({ of, share }) => (of === 0 ? null : share)),
    band: {
      low: rates.map(({ of, low }) => (of === 0 ? null : low)),
      high: rates.map(({ of, high }) => (of === 0 ? null : high)),
    },
    tone,
    stroke,
    label,
    dots: true,
  };
}

/** From the best run to the worst: solved sooner before later, then by what the last answers were like. */
export function byOutcome(runs: readonly Tried[]): Tried[] {
  const solvedAt = ({ solvedAfter }: Tried) => solvedAfter ?? Infinity;
  return [...runs].sort((a, b) => (solvedAt(a) === solvedAt(b) ? b.score - a.score : solvedAt(a) - solvedAt(b)));
}

/** The learning curves of several runs, as long as each trained; the one in the middle of them has the label. */
export function learningCurves({ label, tone, stroke }: Omit<Arm, 'places'>, runs: readonly Tried[]): Curve[] {
  const middle = byOutcome(runs)[Math.floor((runs.length - 1) / 2)];
  return runs.map((run) => ({
    at: run.curve.map((_, i) => Math.min((i + 1) * run.stretch, run.updates)),
    values: run.curve,
    tone,
    stroke,
    label: run === middle ? label : undefined,
  }));
}
