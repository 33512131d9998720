import * as v from 'valibot';
import { linkRulesSchema, type LinkRule } from './linkRule';

/** One node as the network has it. */
export interface DoorState {
  readonly node: string;
  /** The port by which the others know the node. */
  readonly port: number;
  /** Whether connections to that port are taken: they are refused while the node itself takes none, unless a link to it is cut. */
  readonly isOpen: boolean;
}

/** One connection that goes through the network. */
export interface CarriedConnection {
  /** Who opened it: a node, `client` or `client:NAME`; undefined while it has not said so. */
  readonly from: string | undefined;
  readonly to: string;
  /** Bytes under way: from its opener, and back. */
  readonly held: readonly [there: number, back: number];
}

/** What the network of a lab does now. */
export interface NetworkState {
  readonly doors: readonly DoorState[];
  /** Rules that hold until they are set anew. */
  readonly rules: readonly LinkRule[];
  /** Rules that hold as long as somebody holds them. */
  readonly leased: readonly LinkRule[];
  readonly connections: readonly CarriedConnection[];
}

const id = v.number();

/** What is asked of the network of a lab, one JSON object a line. The first one must be `hello`. */
export const networkRequestSchema = v.variant('do', [
  v.strictObject({ do: v.literal('hello'), id, token: v.string() }),
  /** Rules that replace the former ones. */
  v.strictObject({ do: v.literal('setRules'), id, rules: linkRulesSchema }),
  /** Rules that hold as long as this connection lasts; they replace the former ones of this connection. */
  v.strictObject({ do: v.literal('lease'), id, rules: linkRulesSchema }),
  v.strictObject({ do: v.literal('state'), id }),
  /** Looks at once whether these nodes take connections, and opens their ports. */
  v.strictObject({ do: v.literal('open'), id, nodes: v.array(v.string()) }),
  /** Somebody starts nodes: lab.json is read again, and the network does not end for want of nodes. */
  v.strictObject({ do: v.literal('stay'), id }),
]);

export type NetworkRequest = v.InferOutput<typeof networkRequestSchema>;

/** The answer to a request; `error` says in English what was wrong with it. */
export interface NetworkReply {
  readonly id: number;
  readonly state?: NetworkState;
  readonly error?: string;
}
