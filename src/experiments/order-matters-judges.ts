/**
 * The two trained models of `order-matters` once more, for judging one trail: plain arithmetic on their weights, without
 * TensorFlow.js, so that a page can ask them at once. The numbers are those of the models up to rounding.
 */
import { sigmoid, tanh } from '#src/recurrent/math.ts';
import { createRandom, shuffled } from '#src/sequences/random.ts';
import { BASKET, pages, REVIEWS, visitorOf, visitors, type Trail } from '#src/sequences/click-trails.ts';

import { percent } from './words.ts';

/** Weights as the models list them, flat and row by row. */
export interface JudgeWeights {
  /** kernel, [pages, units]; bias, [units]; readout's kernel, [units, 2]; readout's bias, [2] */
  orderBlind: readonly (readonly number[])[];
  /** kernel, [pages, units]; recurrent kernel, [units, units]; bias, [units]; readout's kernel, [units, 2], and bias, [2] */
  recurrent: readonly (readonly number[])[];
}

export const models = ['orderBlind', 'recurrent'] as const;
export type ModelName = (typeof models)[number];

export const modelNames: Record<ModelName, string> = { orderBlind: 'order-blind', recurrent: 'recurrent' };

/** How sure each model is, from 0 to 1, that a trail is a buyer's. Above one half it says so. */
export function judge({ orderBlind, recurrent }: JudgeWeights, trail: Trail): Record<ModelName, number> {
  return { orderBlind: judgeCounts(orderBlind, trail), recurrent: judgeInOrder(recurrent, trail) };
}

/** Counts the pages, and decides by the counts. */
function judgeCounts([kernel, bias, readout, readoutBias]: JudgeWeights['orderBlind'], trail: Trail): number {
  const counts = pages.map((_, page) => trail.filter((opened) => opened === page).length);
  const hidden = bias!.map((b, unit) =>
    tanh(counts.reduce((sum, count, page) => sum + count * kernel![page * bias!.length + unit]!, b)),
  );
  return buyerAt(hidden, readout!, readoutBias!);
}

/** Reads page after page, carries the hidden state along, and decides by the last one. */
function judgeInOrder(
  [kernel, recurrentKernel, bias, readout, readoutBias]: JudgeWeights['recurrent'],
  trail: Trail,
): number {
  const units = bias!.length;
  const lastHidden = trail.reduce<readonly number[]>(
    (hidden, page) =>
      bias!.map((b, unit) =>
        tanh(
          hidden.reduce(
            (sum, before, other) => sum + before * recurrentKernel![other * units + unit]!,
            b + kernel![page * units + unit]!,
          ),
        ),
      ),
    bias!.map(() => 0),
  );
  return buyerAt(lastHidden, readout!, readoutBias!);
}

/** The softmax over the two classes, for the second. */
function buyerAt(hidden: readonly number[], readout: readonly number[], bias: readonly number[]): number {
  const logit = (kind: number) => hidden.reduce((sum, h, unit) => sum + h * readout[2 * unit + kind]!, bias[kind]!);
  return sigmoid(logit(1) - logit(0));
}

/** What a model says, in words, where it is so sure that the trail is a buyer's: "buyer, 97.2% sure". */
export function verdict(buyer: number): string {
  const sure = Math.max(buyer, 1 - buyer);
  return `${visitors[buyer > 0.5 ? 1 : 0]}, ${sure >= 0.9995 ? 'over 99.9%' : percent(sure)} sure`;
}

/** What the rule of the shop says of a trail. */
export const visitorByRule = (trail: Trail) => visitors[visitorOf(trail)]!;

export const nameOfPage = (page: number): string => pages[page]!;

/** True for the two pages whose order is the class. */
export const isDecisive = (page: number): boolean => page === REVIEWS || page === BASKET;

/** The order in which those two have changed places. */
export function swapDecisive(order: readonly number[], trail: Trail): number[] {
  const [reviews, basket] = [trail.indexOf(REVIEWS), trail.indexOf(BASKET)];
  return order.map((index) => (index === reviews ? basket : index === basket ? reviews : index));
}

/** An order of a trail's pages: of the permutation only the indices that the trail has, and as they stand in it. */
export function orderFor(order: readonly number[], length: number): number[] {
  return order.filter((index) => index < length);
}

/** The whole permutation again, with the order of a shorter trail at its beginning. */
export function wholeOrder(order: readonly number[], size: number): number[] {
  return [...order, ...Array.from({ length: size - order.length }, (_, i) => order.length + i)];
}

/** The `count`-th shuffle of so many pages: chance of the run's own, so that it can be had again. */
export function shuffledOrder(seed: number, count: number, length: number): number[] {
  return shuffled(createRandom(seed, `shuffle ${count}`), [...Array(length).keys()]);
}
