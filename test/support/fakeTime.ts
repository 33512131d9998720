import { mock } from 'node:test';

/** Timers of the tests of one `describe` run only when a test lets time pass: quick, and the same on a slow machine. */
export function useFakeTime(): { pass(milliseconds: number): Promise<void> } {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());
  return {
    /** What is due at one moment has done its work, promises included, before the next moment comes. */
    async pass(milliseconds) {
      const step = 10;
      for (let passed = 0; passed < milliseconds; passed += step) {
        await new Promise(resolve => setImmediate(resolve));
        mock.timers.tick(Math.min(step, milliseconds - passed));
      }
      await new Promise(resolve => setImmediate(resolve));
    },
  };
}
