import type { SceneFilter } from './sceneFilter';

/** How wide a text is, in px. */
export type Measure = (text: string, isBold: boolean) => number;

/** What is looked at, and how. Lengths are px. */
export interface SceneView {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** Of what is seen; undefined: as high as it is. */
  readonly height: number | undefined;
  /** By how much lanes are scrolled up. */
  readonly top: number;
  /** All lengths follow from it: who enlarges texts enlarges everything. */
  readonly fontSize: number;
  readonly measure: Measure;
  /** Where bars end that last. */
  readonly now: number;
  readonly cursor: number | undefined;
  readonly filter: SceneFilter;
  /** A mark with a ring around it. */
  readonly selected: { readonly lane: string; readonly index: number } | undefined;
  /** The lane that the keyboard is in. */
  readonly lane: string | undefined;
}

/** Words in the picture, in the person's language. */
export interface SceneTexts {
  readonly roles: { readonly master: string; readonly replica: string };
  readonly down: string;
  /** `leader of epoch {0}` */
  readonly leader: string;
  /** `epoch {0}` */
  readonly epoch: string;
  /** `{0} ms` */
  readonly milliseconds: string;
  /** `{0} s` */
  readonly seconds: string;
  /** `{0} min {1} s` */
  readonly minutes: string;
  /** Nothing to be seen. */
  readonly empty: string;
}

/** About how wide a text is where nobody can measure it: ideographs and Hangul are as wide as the font is high. */
export function roughMeasure(fontSize: number): Measure {
  return (text, isBold) => {
    let width = 0;
    for (const character of text) width += character > '\u2e80' ? 1 : 0.56;
    return width * fontSize * (isBold ? 1.06 : 1);
  };
}
