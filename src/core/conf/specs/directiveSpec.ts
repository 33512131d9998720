/** What a value of a directive may be. */
export type ArgSpec =
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'memory'; readonly min?: number; readonly max?: number } // 100mb, 1g, bytes
  | { readonly kind: 'percent' }
  | { readonly kind: 'number' }
  | { readonly kind: 'port' }
  | { readonly kind: 'host' }
  | { readonly kind: 'file' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'password' }
  | { readonly kind: 'text' };
/** One directive of redis.conf, or a sub-command of `sentinel` (name `sentinel monitor`). */
export interface DirectiveSpec {
  readonly name: string;
  /** The names of the values as people read them, such as `<host> <port>`; empty where the directive stands alone. */
  readonly usage: string;
  readonly args: readonly ArgSpec[];
  /** More values of the last kind may follow (bind, save). */
  readonly more?: boolean;
  /** How many of the args may be left out. */
  readonly optional?: number;
  /** May stand several times; otherwise the last one counts. */
  readonly repeats?: boolean;
  /** The other name of the same directive: which is old, which is new. */
  readonly renamedTo?: string;
  readonly renamedFrom?: string;
  /** Whether CONFIG SET (SENTINEL SET) can change it at run time, as far as known for recent versions. */
  readonly runtime: boolean;
  /** Sections of the sample conf: where it belongs. */
  readonly section:
    | 'network'
    | 'tls'
    | 'general'
    | 'snapshotting'
    | 'replication'
    | 'security'
    | 'clients'
    | 'memory'
    | 'lazy-freeing'
    | 'threads'
    | 'append-only'
    | 'shutdown'
    | 'scripting'
    | 'cluster'
    | 'slow-log'
    | 'latency'
    | 'notification'
    | 'data-types'
    | 'defragmentation'
    | 'sentinel'
    | 'modules'
    | 'other';
}
