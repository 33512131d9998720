import * as l10n from '@vscode/l10n';
import type { Recognition } from '../log/logRecord';
import type { SentinelInstance } from '../log/sentinelEvent';
import {
  fillParts,
  partsOf,
  type ExplainText,
  type ExplainTexts,
  type TextParts,
  type TextVariant,
} from './explainTexts';
import type { Names } from './names';

/** A line in plain words. What there is nothing to say about is undefined. */
export interface Explanation {
  readonly text: string;
  readonly next: string | undefined;
  readonly benign: string | undefined;
  readonly cause: string | undefined;
  readonly fix: string | undefined;
}

/** Explains recognised lines in the language of its texts. */
export class Explainer {
  /** The texts taken apart: each is filled thousands of times. */
  private readonly parts = new Map<string, TextParts>();

  constructor(
    private readonly texts: ExplainTexts,
    private readonly names: Names,
  ) {}

  /** One sentence or two: what the line means. Undefined where there is no text. */
  textOf(said: Recognition, variants: readonly TextVariant[] = []): string | undefined {
    const texts = this.texts[said.id];
    if (!texts) return undefined;
    return this.fill(chosen(texts, variants), said);
  }

  explain(said: Recognition, variants: readonly TextVariant[] = []): Explanation | undefined {
    const texts = this.texts[said.id];
    if (!texts) return undefined;
    const filled = (text: string | undefined): string | undefined =>
      text === undefined ? undefined : this.fill(text, said);
    return {
      text: this.fill(chosen(texts, variants), said),
      next: filled(texts.next),
      benign: filled(texts.benign),
      cause: filled(texts.cause),
      fix: filled(texts.fix),
    };
  }

  private fill(text: string, said: Recognition): string {
    let parts = this.parts.get(text);
    if (parts === undefined) {
      parts = partsOf(text);
      this.parts.set(text, parts);
    }
    return parts.length === 1 ? text : fillParts(parts, name => this.valueOf(name, said));
  }

  private valueOf(name: string, { instance, master, args }: Recognition): string | undefined {
    if (name === 'instance') return instance && describeInstance(instance);
    if (name === 'master') return master?.name ?? textOf(args['masterName'] ?? args['master']);
    const value = args[name];
    if (value === undefined) return undefined;
    return namedArgs.has(name) ? this.names.of(String(value)) : textOf(value);
  }
}

/** Values that are a Sentinel's id or address. */
const namedArgs: ReadonlySet<string> = new Set(['leader', 'voter', 'candidate', 'runid']);

function chosen(texts: ExplainText, variants: readonly TextVariant[]): string {
  for (const variant of variants) {
    const text = texts[variant];
    if (text !== undefined) return text;
  }
  return texts.text;
}

/** `master mymaster (127.0.0.1:6379)`; a replica or Sentinel is named by its address. */
function describeInstance({ type, name, ip, port }: SentinelInstance): string {
  const address = `${ip}:${port}`;
  switch (type) {
    case 'master':
      return l10n.t('master {0} ({1})', name, address);
    case 'slave':
      return l10n.t('replica {0}', address);
    case 'sentinel':
      return l10n.t('Sentinel {0}', address);
  }
}

function textOf(value: string | number | readonly string[] | undefined): string | undefined {
  return value === undefined ? undefined : typeof value === 'object' ? value.join(' ') : String(value);
}
