import { quantile } from './quantile.ts';

/** The longest lag that is asked for. */
export const LONGEST_LAG = 30;

/** R² of the readout at each lag from 0 to {@link LONGEST_LAG}, a row for each network measured. */
export type Memory = number[][];

export interface SizeMemory {
  units: number;
  before: Memory;
  after: Memory;
}

export interface MemoryResult {
  sizes: SizeMemory[];
}

/** What is shown of a share, and recorded; never -0, which no file keeps. */
export const toFourDigits = (share: number) => Number(share.toFixed(4)) + 0;

/** The median over networks at each lag, or another quantile; empty where none is measured. */
export function overNetworks(memory: Memory, share = 0.5): number[] {
  return (memory[0] ?? []).map((_, lag) =>
    toFourDigits(
      quantile(
        memory.map((network) => network[lag]!),
        share,
      ),
    ),
  );
}

/**
 * How many past inputs a hidden state holds, piece by piece: the sum of R² over all lags from 1, none of them below 0. The memory
 * capacity of Jaeger (2001), who shows that it is at most the number of units.
 */
export function capacityOf(network: readonly number[]): number {
  return network.slice(1).reduce((sum, share) => sum + Math.max(0, share), 0);
}

/** The median of the networks' capacities. */
export const capacity = (memory: Memory): number => quantile(memory.map(capacityOf), 0.5);
