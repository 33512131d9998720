import { Explainer } from '../core/explain/explainer';
import type { ExplainTexts, TextVariant } from '../core/explain/explainTexts';
import { Names } from '../core/explain/names';
import type { Explanation } from '../core/explain/explainer';
import type { Recognition } from '../core/log/logRecord';
import { identify } from '../core/story/identities';
import type { NodeLog } from './nodeLog';

/** Explains what the logs of a lab say, with the names that are known by now. */
export class LogExplainer {
  private readonly leaders = new Map<number, string>();
  private explainer: Explainer;
  private known = '';

  /** `nodes`: whose logs there are now. */
  constructor(
    private readonly texts: ExplainTexts,
    private readonly nodes: () => readonly NodeLog[],
  ) {
    this.explainer = new Explainer(texts, this.namesNow());
  }

  explain(said: Recognition, variants: readonly TextVariant[]): Explanation | undefined {
    return this.explainer.explain(said, this.won(said) ?? variants);
  }

  /** Somebody won the election of an epoch. */
  addLeader(epoch: number, id: string): void {
    this.leaders.set(epoch, id);
  }

  /** Takes over what the logs tell by now; gives whether some lines read otherwise than before. */
  learn(): boolean {
    const traces = this.nodes().map(node => node.trace);
    const known = JSON.stringify([...traces.map(({ id, links }) => [id, [...links]]), [...this.leaders]]);
    if (known === this.known) return false;
    this.known = known;
    this.explainer = new Explainer(this.texts, this.namesNow());
    return true;
  }

  /** Who wins is known after the votes. */
  private won({ id, args }: Recognition): readonly ['textWon'] | undefined {
    return id === 'voted' && this.leaders.get(Number(args['epoch'])) === args['candidate']
      ? ['textWon']
      : undefined;
  }

  private namesNow(): Names {
    const nodes = this.nodes();
    const identities = identify(nodes.map(node => node.trace));
    const sentinels = nodes.filter(({ spec }) => spec.kind === 'sentinel');
    return new Names(identities, new Map(sentinels.map(({ address, spec }) => [address, spec.name])));
  }
}
