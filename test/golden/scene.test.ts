import { emptyScene } from '../../src/core/scene/scene';
import { layoutScene } from '../../src/core/scene/layoutScene';
import { MarkColumns } from '../../src/core/scene/markColumns';
import { indexScene } from '../../src/core/scene/sceneIndex';
import { sceneSvg } from '../../src/core/scene/sceneSvg';
import type { SceneView } from '../../src/core/scene/sceneView';
import { assertGolden } from '../support/golden';
import { failoverMarks, failoverScene, lightPalette, noon, sceneTexts, sceneView } from '../support/scenes';

const words = { title: 'A failover', description: 'mymaster moved from 6379 to 6380 & back <never>.' };

function svgOf(changes: Partial<SceneView>, scene = failoverScene): string {
  const marks = new MarkColumns();
  if (scene === failoverScene) marks.add(failoverMarks);
  return sceneSvg(layoutScene(indexScene(scene), marks, sceneView(changes), sceneTexts), lightPalette, words);
}

describe('the timeline as a picture', () => {
  it('shows a failover from its beginning to its end', () => {
    assertGolden('scene/failover.golden.svg', svgOf({ cursor: noon + 4_500 }));
  });

  it('shows an election from near', () => {
    assertGolden('scene/election.golden.svg', svgOf({ from: noon + 5_980, to: noon + 6_120 }));
  });

  it('shows an hour from afar', () => {
    assertGolden('scene/hour.golden.svg', svgOf({ from: noon - 1_800_000, to: noon + 1_800_000 }));
  });

  it('shows that there is nothing', () => {
    assertGolden('scene/empty.golden.svg', svgOf({}, emptyScene));
  });
});
