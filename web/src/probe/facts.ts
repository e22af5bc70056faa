/** What `livegrad.liveness.samples` tells of its known objects. Addresses are numbers. */

export interface TypeFacts {
  at: number;
  basicsize: number;
  itemsize: number;
  flags: number;
  dictoffset: number;
  weakrefoffset: number;
  base: number;
  mro: number;
  name: string;
}

export interface ArrayFacts {
  at: number;
  data: number;
  shape: number[];
  strides: number[];
  base: number;
  descr: number;
  flags: number;
  nbytes: number;
  owned: boolean;
  dtype: string;
}

/** How the recorder tells classes apart, as data: see `livegrad.liveness.adapters`. */
export interface AdapterFacts {
  /** The program's own module, `__main__`. */
  module: string;
  /** Kinds by the name of a class. */
  seen: Record<string, string>;
  /** Packages in which those names count. */
  packages: string[];
  /** Modules, and packages with the modules in them, whose classes are instances to be shown. */
  parts: string[];
  /** Names by which attributes are known, by kind. */
  public: Record<string, Record<string, string>>;
  /** Attributes whose small values are shown, by kind. */
  attributes: Record<string, string[]>;
}

export interface Facts {
  /** The samples themselves. */
  self: number;
  words: [number, string][];
  objects: Record<string, number>;
  types: Record<string, TypeFacts>;
  /** Types of which every reference stands in the body. */
  simple: number[];
  /** Namespaces of classes. */
  dicts: Record<string, number>;
  none: number;
  true: number;
  false: number;
  words_of: Record<string, number>;
  codes: { at: number; names: string[]; instructions: number[] }[];
  texts: [number, string][];
  integers: [number, string][];
  floats: [number, string][];
  gc: { tracked: number[]; untracked: number[] };
  collect: number;
  numpy: {
    ndarray: number;
    arrays: ArrayFacts[];
    dtypes: { at: number; itemsize: number; name: string; kind: string }[];
  } | null;
  adapter: AdapterFacts;
}

/** What is known of the frames during `Samples.call`. */
export interface CallFacts {
  outer: number;
  inner: number;
  function: number;
  globals: number;
}

/** `livegrad.liveness.samples.Samples`, as JavaScript sees it. */
export interface Samples {
  facts(): string;
  call(): string;
  within(): void;
  handling(): string;
  collect(): void;
  drop(): void;
  stats(): string;
}
