import { swapped, type Order } from '#src/experiments/shuffle/order.ts';

/** What a row of items is told, and what it tells: it asks for the present order, for that may change at any time. */
export interface RowOptions {
  order(): Order;
  /** What the item that stands at a place is called. */
  nameAt(place: number): string;
  onorder(order: number[]): void;
}

/**
 * A row of items, one of which has the focus, and one of which may be picked up. Whatever is picked up changes places with the
 * item that it is put on, or that an arrow key carries it to.
 */
export class RowState {
  focused = $state(0);
  #picked: number | undefined = $state();
  /** The place that a dragged item is over. */
  over: number | undefined = $state();
  /** What just happened, for those who do not see it. */
  said = $state('');
  readonly #options: RowOptions;

  constructor(options: RowOptions) {
    this.#options = options;
  }

  get #length(): number {
    return this.#options.order().length;
  }

  /** The place whose item is picked up. Another row may have come meanwhile that has no such place. */
  get picked(): number | undefined {
    return this.#picked !== undefined && this.#picked < this.#length ? this.#picked : undefined;
  }

  set picked(place: number | undefined) {
    this.#picked = place;
  }

  /** Picks up the item at a place, puts it down there, or makes it change places with the one that is picked up. */
  press(place: number): void {
    this.focused = place;
    if (this.picked === undefined) return this.#pick(place);
    if (this.picked === place) return this.putDown();
    this.swap(this.picked, place);
    this.picked = undefined;
  }

  #pick(place: number): void {
    this.picked = place;
    this.said = `${this.#where(place)}, picked up. Arrow keys carry it, Enter puts it down.`;
  }

  putDown(): void {
    if (this.picked === undefined) return;
    this.said = `${this.#where(this.picked)}, put down.`;
    this.picked = undefined;
  }

  swap(from: number, to: number): void {
    if (Math.max(from, to) >= this.#length) return;
    const [moved, other] = [this.#options.nameAt(from), this.#options.nameAt(to)];
    this.#options.onorder(swapped(this.#options.order(), from, to));
    this.focused = to;
    this.said = `${moved} and ${other} have changed places: ${moved} is at place ${to + 1} of ${this.#length}.`;
  }

  /** Goes so many places on, and carries the picked item along. */
  go(steps: number): void {
    const from = this.picked ?? this.focused;
    const to = Math.min(this.#length - 1, Math.max(0, from + steps));
    if (this.picked !== undefined && to !== from) {
      this.swap(from, to);
      this.picked = to;
    }
    this.focused = to;
  }

  /** @returns whether the key meant something here */
  key(key: string): boolean {
    const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
    if (steps !== undefined) this.go(steps);
    else if (key === 'Home' || key === 'End') this.go(key === 'Home' ? -this.#length : this.#length);
    else if (key === 'Enter' || key === ' ') this.press(this.focused);
    else if (key === 'Escape' && this.picked !== undefined) this.putDown();
    else return false;
    return true;
  }

  #where(place: number): string {
    return `${this.#options.nameAt(place)}, place ${place + 1} of ${this.#length}`;
  }
}
