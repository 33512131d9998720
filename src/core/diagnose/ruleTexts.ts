import { fillText } from '../explain/explainTexts';
import type { Evidence } from '../story/storyLine';
import type { Finding, Severity } from './finding';

/**
 * The texts of one rule in one language: `title`, `cause` and `fix`, and where a rule has several cases `cause.refused` and the like,
 * which take the place of the general ones. Values stand in them as `{name}`.
 */
export type RuleText = Readonly<Record<string, string>>;

/** By rule id. */
export type RuleTexts = Readonly<Record<string, RuleText>>;

/** A finding in words. The shape is that of `redis-ha-lab diagnose --json`, a stable contract. */
export interface ToldFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  readonly evidence: readonly Evidence[];
}

export function tellFinding(finding: Finding, texts: RuleTexts): ToldFinding {
  const { rule, severity, variant, values, evidence } = finding;
  const own = texts[rule] ?? {};
  const tell = (part: string): string => {
    const text = (variant === undefined ? undefined : own[`${part}.${variant}`]) ?? own[part] ?? '';
    return fillText(text, name => (values[name] === undefined ? undefined : String(values[name])));
  };
  return { rule, severity, title: tell('title'), cause: tell('cause'), fix: tell('fix'), evidence };
}
