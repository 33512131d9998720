import * as l10n from '@vscode/l10n';

/** The texts of the opinion matrix that do not come with its contents: the page has no translations of its own. */
export interface MatrixTexts {
  /** What the table is. */
  readonly name: string;
  readonly meaning: string;
  readonly fact: string;
  readonly sentinels: string;
  readonly dataNodes: string;
  /** What a cell says that is no fact of such a node. */
  readonly noFact: string;
  /** What the signs before a text mean. */
  readonly odd: string;
  readonly wrong: string;
}

export function matrixTexts(): MatrixTexts {
  return {
    name: l10n.t('What each node believes'),
    meaning: l10n.t('What it means'),
    fact: l10n.t('Fact'),
    sentinels: l10n.t('Sentinels'),
    dataNodes: l10n.t('Data nodes'),
    noFact: l10n.t('does not apply'),
    odd: l10n.t('differs from the others'),
    wrong: l10n.t('a problem'),
  };
}
