// The process in which the tests of one level run: node mochaChild.mjs FILE… (see levels.mjs for the environment).
import { runMocha } from './runMocha.mjs';

const { failed } = await runMocha({
  files: process.argv.slice(2),
  grep: process.env.REDIS_HA_LAB_TEST_GREP,
  timeout: Number(process.env.REDIS_HA_LAB_TEST_TIMEOUT),
  resultsFile: process.env.REDIS_HA_LAB_TEST_RESULTS,
  color: process.env.REDIS_HA_LAB_TEST_COLOR === '1',
});
// No process.exit: a test that leaves a timer, a socket or a child open must be noticed.
process.exitCode = failed ? 1 : 0;
