import { pastedLines } from '../../src/core/editor/pastedLines';
import { LogStoryBuilder } from '../../src/core/editor/logStory';
import { textStory } from '../../src/core/editor/textStory';
import { storyMarkdown } from '../../src/core/view/storyMarkdown';
import { fixture } from '../support/fixtures';
import { assertGolden } from '../support/golden';
import { useLanguage } from '../support/language';
import { explainTools } from '../unit/editor/support';

const year = 2024;
const files = [26379, 26380, 26381].map(port => `failover-sentinel-${port}.log`);

for (const language of ['en', 'ko'] as const) {
  describe(`pages about logs (${language})`, () => {
    const tools = explainTools(language);
    before(() => useLanguage(language));
    after(() => useLanguage('en'));

    it('tell the failover of the note', () => {
      const stories = files.map(file => {
        const collector = tools.story.collector(file, year);
        for (const line of fixture(`logs/${file}`).trimEnd().split('\n')) collector.read(line);
        return collector.finish();
      });
      const builder = new LogStoryBuilder(stories, tools);
      for (const [index, file] of files.entries()) {
        const reader = builder.reader(index, year);
        for (const line of fixture(`logs/${file}`).trimEnd().split('\n')) reader.read(line);
        reader.end();
      }
      const page = storyMarkdown({
        title: 'notes',
        story: builder.finish(),
        leftOut: [{ file: 'app.log', why: 'notRedis' }],
        nameOf: file => file,
        linkTo: (file, line) => `../${file}#L${line}`,
      });
      assertGolden(`editor/note.${language}.golden.md`, page);
    });

    it('explain pasted lines', () => {
      const text = [
        '22532:M 29 Dec 2024 03:12:12.779 * Starting BGSAVE for SYNC with target: disk',
        '22540:C 29 Dec 2024 03:12:12.780 # Failed opening the temp RDB file temp-22540.rdb (in server root dir /) for saving: Permission denied',
        '22532:M 29 Dec 2024 03:12:12.880 # Background saving error',
        '22532:M 29 Dec 2024 03:12:12.881 * something | of a module',
      ].join('\n');
      const story = textStory(pastedLines(text), tools, { name: 'clipboard', year });
      const page = storyMarkdown({
        title: 'pasted',
        story,
        leftOut: [],
        nameOf: file => file,
        linkTo: () => undefined,
      });
      assertGolden(`editor/pasted.${language}.golden.md`, page);
    });
  });
}
