/** float32 numbers, as every public face takes and gives them. */
export type Floats = Float32Array<ArrayBuffer>;

/** What the plain TypeScript form computes with: float32, or float64 where more digits are wanted. */
export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

export interface Sizes {
  /** Number of time steps, the same for every sequence of the batch. */
  time: number;
  /** Number of sequences. */
  batch: number;
  /** Number of inputs at each time step. */
  inputs: number;
  /** Number of units: the length of a hidden state. */
  units: number;
}

/**
 * A layer's weights, in Keras's shapes; n is the number of gates: 1 for the simple cell, 4 for LSTM (input, forget,
 * candidate, output), 3 for GRU (update, reset, candidate).
 */
export interface Weights<F extends Numbers = Floats> {
  /** W, [inputs, n units] */
  kernel: F;
  /** U, [units, n units] */
  recurrentKernel: F;
  /** b, [n units]; for GRU [2, 3 units]: that of x W, then that of h U */
  bias: F;
}

export type Activation = 'tanh' | 'relu' | 'identity';

/** Which parts of an LSTM are learned. A number pins a gate to that value: 1 is as good as no gate, 0 shuts it. */
export interface LstmGates {
  /** 'coupled': 1 - f, as in Greff et al. (2017). */
  input?: 'learned' | 'coupled' | number;
  forget?: 'learned' | number;
  output?: 'learned' | number;
  /** What the cell state passes through on its way to the output gate. */
  outputActivation?: 'tanh' | 'identity';
}

/** Which gates of a GRU are learned. A number pins a gate to that value: a reset gate at 1 is as good as none. */
export interface GruGates {
  update?: 'learned' | number;
  reset?: 'learned' | number;
}

export type Cell =
  | { kind: 'simpleRnn'; activation: Activation }
  | { kind: 'lstm'; gates?: LstmGates }
  | { kind: 'gru'; gates?: GruGates };

/** A batch of sequences and the layer that is to read them. */
export interface Problem<F extends Numbers = Floats> {
  cell: Cell;
  sizes: Sizes;
  /** x, [time, batch, inputs] */
  input: F;
  weights: Weights<F>;
  /** h_0, [batch, units]; zeros unless given. */
  initialHidden?: F;
  /** c_0, [batch, units]; zeros unless given. LSTM only. */
  initialCell?: F;
}

/** What the loss itself, without the layer's help, asks of the states; zeros unless given. They are added up. */
export interface LossGradients<F extends Numbers = Floats> {
  /** of every hidden state, [time, batch, units] */
  hidden?: F;
  /** of the last hidden state, [batch, units] */
  lastHidden?: F;
  /** of the last cell state, [batch, units]. LSTM only. */
  lastCell?: F;
}

/**
 * What comes of going back through time. Each call copies out what it names. dL/dh_t and dL/dc_t are total derivatives:
 * through every path from that state to the loss, dL/dc_t's through h_t among them.
 */
export interface Gradients {
  /** Each shaped as the weights. */
  weights(): Weights;
  /** dL/dx, [time, batch, inputs]. @throws Error where it was not asked for */
  input(): Floats;
  /** dL/dh_t of steps 1 to time, [time, batch, units] */
  hidden(): Floats;
  /** dL/dh_0, [batch, units] */
  initialHidden(): Floats;
  /** dL/dc_t of steps 1 to time, [time, batch, units]. @throws Error unless the cell is an LSTM */
  cells(): Floats;
  /** dL/dc_0, [batch, units]. @throws Error unless the cell is an LSTM */
  initialCell(): Floats;
}

/** The values of an LSTM's gates, or a GRU's, after their activations, each [time, batch, units]. */
export type Gates = Partial<Record<'input' | 'forget' | 'candidate' | 'output' | 'update' | 'reset', Floats>>;

/** One pass of a layer over a batch of sequences. Each call copies out what it names. */
export interface Pass {
  /** h_t of steps 1 to time, [time, batch, units] */
  hidden(): Floats;
  /** h of the last step, [batch, units] */
  lastHidden(): Floats;
  /** c_t of steps 1 to time, [time, batch, units]. @throws Error unless the cell is an LSTM */
  cells(): Floats;
  /** c of the last step, [batch, units]. @throws Error unless the cell is an LSTM */
  lastCell(): Floats;
  /** LSTM: input, forget, candidate, output. GRU: update, reset, candidate. Simple cell: none. */
  gates(): Gates;
  /**
   * Backpropagation through time. Without `withInput`, which is true unless given, the gradient of the input is not made.
   * A second call takes the place of the first, whose gradients are then gone.
   */
  backward(loss: LossGradients, options?: { withInput?: boolean }): Gradients;
  /** Gives the memory back. Nothing of the pass can be asked for afterwards. */
  release(): void;
}

/**
 * 'typescript': plain TypeScript. 'simd128': WebAssembly, bit for bit the same on every machine. 'relaxed-simd': WebAssembly
 * with fused multiply-adds where the processor has them; faster, and in the last bits different from machine to machine.
 */
export type Form = 'typescript' | 'simd128' | 'relaxed-simd';
