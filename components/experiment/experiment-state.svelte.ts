import { seedParameter, type Card, type Form, type Outcome } from '#src/experiments/definition.ts';
import { defaultsOf, sameValue, type Value, type Values } from '#src/experiments/parameters.ts';
import { ExperimentClient, startWorker, type RunEvent, type WorkerLike } from '#src/runtime/client.ts';
import { sharedPool } from '#src/runtime/pool.ts';
import type { Job, Report } from '#src/runtime/protocol.ts';
import { readLink, writeLink } from '#src/site/link.ts';

/** What is longer between two reports does not count as work: the machine slept, or its clock was set. */
const LONGEST_GAP_SECONDS = 60;

export type RunState = 'idle' | 'running' | 'done' | 'stopped' | 'failed';

/** What an experiment showed, to come back to. */
export interface Kept {
  shown: Pick<
    ExperimentState,
    'params' | 'seed' | 'seedGiven' | 'notes' | 'outcome' | 'report' | 'runState' | 'failure' | 'secondsRunning'
  >;
  /** What the report is of. */
  reported?: Job;
}

/**
 * The state of one experiment on a page: what the controls say, what the run shows, and what the link carries. It starts
 * with the recorded run, and with it nothing is loaded until the reader changes something.
 */
export class ExperimentState {
  readonly card: Card;
  params: Record<string, Value> = $state({});
  seed = $state(seedParameter.default);
  /** True once the reader, or the link, has chosen a seed: it then stays in the link. */
  seedGiven = $state(false);
  runState: RunState = $state('idle');
  /** What the picture shows: the recorded run, a part of a run, or a whole one. Never changed, only replaced. */
  outcome: Outcome = $state.raw()!;
  report: Report | undefined = $state.raw();
  secondsRunning = $state(0);
  failure = $state('');
  /** Counts resets: controls are made anew at each, and with them goes what was typed and refused. */
  resets = $state(0);
  /** What of the link could not be used. */
  notes: string[] = $state([]);

  /** The form of the recurrent kernels that the page's address forces, if it does. */
  #form?: Form;
  readonly #client: ExperimentClient;
  /** When the run was last heard of. */
  #heardAt = 0;
  /** The share of the work, and the units of it, that were done before the run was resumed. */
  #shareBefore = 0;
  #doneBefore = 0;
  /** What the present report is of: another job cannot be resumed from it. */
  #reported?: Job;

  constructor(card: Card, recorded: Outcome, createWorker: () => WorkerLike = startWorker) {
    this.card = card;
    this.outcome = recorded;
    this.params = { ...defaultsOf(card.parameters) };
    this.#client = new ExperimentClient((event) => this.#hear(event), createWorker, {
      run: (job, signal) => sharedPool().run(job, signal),
    });
  }

  get isDefault(): boolean {
    return this.seed === seedParameter.default && this.has(defaultsOf(this.card.parameters) as Record<string, Value>);
  }

  /** Whether the controls say these values. */
  has(values: Record<string, Value>): boolean {
    return Object.entries(values).every(([name, value]) => sameValue(this.params[name]!, value));
  }

  /** True where what is shown was run with other parameters, or another seed, than the controls now say. */
  get isStale(): boolean {
    return !this.#isSet(this.outcome);
  }

  /** Whether the controls say what a run was, or is to be, run with. What only the picture reads does not count. */
  #isSet(job: Pick<Job, 'params' | 'seed'> | undefined): boolean {
    const read = Object.keys(this.params).filter((name) => !this.card.parameters[name]?.forPicture);
    const given = job?.params as Record<string, Value>;
    return job?.seed === this.seed && read.every((name) => sameValue(given[name]!, this.params[name]!));
  }

  /** The share of the run's work that is done, from 0 to 1. */
  get share(): number {
    return this.report ? (this.report.share ?? this.report.done / this.report.total) : 0;
  }

  /** Units of work done in a second of this run; undefined before that can be told. */
  get perSecond(): number | undefined {
    if (!this.report || this.secondsRunning < 0.5) return undefined;
    const made = this.report.done - this.#doneBefore;
    return made > 0 ? made / this.secondsRunning : undefined;
  }

  /** Seconds that the run still takes, if it goes on as it did; undefined before that can be told. */
  get secondsLeft(): number | undefined {
    if (!this.report || this.secondsRunning < 0.5) return undefined;
    const made = this.share - this.#shareBefore;
    return made > 0 ? (this.secondsRunning * (1 - this.share)) / made : undefined;
  }

  /** Takes over the state that the page's address names, and runs it if it is not the recorded one. */
  openLink(search: string): void {
    this.#form = readLink(search, this.card).form;
    this.#take(search);
    if (this.card.live && !this.isDefault) this.run();
  }

  /** Takes over the state that a link in the text names, as if the reader had set the controls so. */
  openFromText(query: string): void {
    this.#take(query);
    this.#changed();
  }

  keep(): Kept {
    const { seed, seedGiven, outcome, report, runState, failure, secondsRunning } = this;
    const [params, notes] = [{ ...this.params }, [...this.notes]];
    return {
      shown: { params, seed, seedGiven, notes, outcome, report, runState, failure, secondsRunning },
      reported: this.#reported,
    };
  }

  /** Shows again what was kept, without a run; a run that was under way then can be resumed, a live one starts again. */
  restore({ shown, reported }: Kept): void {
    if (this.runState === 'running') this.#client.dispose();
    Object.assign(this, shown);
    this.#reported = reported;
    if (shown.runState !== 'running') return;
    if (this.card.live) this.run();
    else this.runState = 'stopped';
  }

  /** The given query string with this experiment's state in it. */
  linkIn(search: string): string {
    return writeLink(search, this.card, this.params as Values, this.seed, this.seedGiven);
  }

  set(name: string, value: Value): void {
    this.assign({ [name]: value });
  }

  /** Sets several parameters at once: one run, not one for each, and none where nothing that a run reads changes. */
  assign(values: Record<string, Value>): void {
    const changed = Object.keys(values).filter((name) => !sameValue(this.params[name]!, values[name]!));
    Object.assign(this.params, values);
    if (changed.some((name) => !this.card.parameters[name]?.forPicture)) this.#changed();
  }

  setSeed(seed: number): void {
    if (seed === this.seed) return;
    this.seed = seed;
    this.seedGiven = true;
    this.#changed();
  }

  /** A seed from the machine's own chance: the only thing on the site that does not follow from a seed. */
  newSeed(): void {
    const [bits] = crypto.getRandomValues(new Uint32Array(1));
    this.setSeed(bits! % (seedParameter.max + 1));
  }

  reset(): void {
    this.params = { ...defaultsOf(this.card.parameters) };
    this.seed = seedParameter.default;
    this.seedGiven = false;
    this.resets++;
    this.notes = [];
    this.#changed();
  }

  /** Runs the present parameters from their start. */
  run(): void {
    this.#start(undefined);
  }

  /** Goes on where a stopped or failed run was; from the start if nothing of it is known. */
  resume(): void {
    this.#start(this.#isSet(this.#reported) ? this.report?.checkpoint : undefined);
  }

  stop(): void {
    this.#client.stop();
  }

  dispose(): void {
    this.#client.dispose();
  }

  #take(search: string): void {
    const { params, seed, seedGiven, notes } = readLink(search, this.card);
    this.params = { ...params };
    this.seed = seed;
    this.seedGiven = seedGiven;
    this.notes = notes;
  }

  #changed(): void {
    if (this.card.live) return this.run();
    this.report = undefined;
    this.stop();
  }

  #start(checkpoint: unknown): void {
    const params = $state.snapshot(this.params) as Values;
    this.#client.start({ slug: this.card.slug, params, seed: this.seed, checkpoint, form: this.#form });
  }

  #hear(event: RunEvent): void {
    switch (event.kind) {
      case 'started':
        this.runState = 'running';
        this.failure = '';
        this.#heardAt = performance.now();
        this.secondsRunning = 0;
        this.#reported = event.job;
        if (event.job.checkpoint === undefined) this.report = undefined;
        this.#shareBefore = this.share;
        this.#doneBefore = this.report?.done ?? 0;
        break;
      case 'progress':
        this.#show(event.report);
        break;
      case 'done':
        this.outcome = event.outcome;
        this.report = undefined;
        this.runState = 'done';
        break;
      case 'stopped':
        if (event.report) this.#show(event.report);
        this.runState = 'stopped';
        break;
      case 'failed':
        this.failure = event.reason;
        this.runState = 'failed';
    }
  }

  #show(report: Report): void {
    this.report = report;
    const gap = (performance.now() - this.#heardAt) / 1000;
    if (gap > 0 && gap < LONGEST_GAP_SECONDS) this.secondsRunning += gap;
    this.#heardAt = performance.now();
    if (report.outcome) this.outcome = report.outcome;
  }
}
