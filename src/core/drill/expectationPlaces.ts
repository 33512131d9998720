import { locateFinding, readJsonText, type FileProblem } from '../jsonText';

/** Where the expectations of a scenario's text stand, in their order: the first `count`; none where the text is no scenario. */
export function expectationPlaces(
  fileText: string,
  count: number,
): readonly Pick<FileProblem, 'line' | 'column'>[] {
  const json = readJsonText(fileText, () => '');
  if ('problem' in json) return [];
  return Array.from({ length: count }, (_, index) =>
    locateFinding(json, { path: ['expect', index], message: '' }),
  );
}
