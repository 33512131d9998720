// The timeline in a real Chromium (without a graphics card): how long until it is seen, how smoothly it moves, and what it keeps.
import { openTimeline } from './lib/timelinePage.mjs';
import { importSource } from '../scripts/build.mjs';
import { median, quantile } from './lib/statistics.mjs';

export const title = 'timeline: first picture, zoom and pan, a live event, an hour of events';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
/** In milliseconds, frames a second, milliseconds. */
const limits = { first: 300, frames: 50, live: 150 };
/** An hour of ten events a second. */
const soak = { events: 36_000, perStep: 20 };

/** @param {(line: string) => void} print */
export async function run(print) {
  for (const count of [10_000, 100_000]) {
    const first = [];
    for (let round = 0; round < rounds; round++) first.push(await firstPicture(count));
    const isGoal = count === 10_000;
    const goal = isGoal ? ` (limit ${limits.first} ms)` : '';
    print(
      `${group(count)} events in 8 lanes, first picture: ${median(first).toFixed(0)} ms, slowest ${Math.max(...first).toFixed(0)} ms${goal}`,
    );
    for (const move of ['zoom', 'pan']) {
      /** @type {Awaited<ReturnType<typeof frames>>[]} */
      const runs = [];
      for (let round = 0; round < rounds; round++) runs.push(await frames(count, move));
      const rates = runs.map(({ rate }) => rate);
      const every = runs.flatMap(({ times }) => times);
      print(
        `${group(count)} events, ${move}: median ${median(rates).toFixed(0)} frames/s, best ${Math.max(...rates).toFixed(0)} (limit ${limits.frames}); ` +
          `frame p50 ${median(every).toFixed(1)} ms, p95 ${quantile(every, 0.95).toFixed(1)} ms`,
      );
    }
    print(`${group(count)} events, layout and drawing alone: ${await drawing(count)}`);
  }
  print(await liveEvents());
  print(await soakHour());
}

/** From the start of the script, with data at hand, to the picture on the screen. @param {number} count */
async function firstPicture(count) {
  const { browser, page, load } = await openPage();
  try {
    await give(page, count);
    await load();
    return await page.evaluate(async () => {
      view.setScene(given.scene);
      view.addMarks(given.marks);
      view.fitAll();
      await untilDrawn();
      // drawn in this frame; on the screen with the next
      await new Promise(resolve => requestAnimationFrame(resolve));
      return performance.now() - started;
    });
  } finally {
    await browser.close();
  }
}

/**
 * Wheels and drags as a person makes them, one step a frame, two seconds long.
 * @param {number} count
 * @param {string} move
 */
async function frames(count, move) {
  const { browser, page, load } = await openPage();
  try {
    await give(page, count);
    await load();
    const times = await page.evaluate(async move => {
      view.setScene(given.scene);
      view.addMarks(given.marks);
      view.fitAll();
      await untilDrawn();
      const canvas = document.querySelector('canvas');
      const at = (type, x, extra = {}) =>
        canvas.dispatchEvent(
          new (type === 'wheel' ? WheelEvent : PointerEvent)(type, {
            clientX: x,
            clientY: 150,
            bubbles: true,
            cancelable: true,
            pointerId: 1,
            ...extra,
          }),
        );
      canvas.setPointerCapture = () => {};
      const times = [];
      let last = await new Promise(resolve => requestAnimationFrame(resolve));
      if (move === 'pan') at('pointerdown', 600);
      for (let step = 0; step < 120; step++) {
        if (move === 'zoom') at('wheel', 600 + step, { deltaY: step % 60 < 30 ? -120 : 120 });
        else at('pointermove', 600 + (step % 60 < 30 ? 1 : -1) * 8 * (step % 30));
        const now = await new Promise(resolve => requestAnimationFrame(resolve));
        times.push(now - last);
        last = now;
      }
      return times;
    }, move);
    return { times, rate: 1_000 / (times.reduce((sum, time) => sum + time, 0) / times.length) };
  } finally {
    await browser.close();
  }
}

/** The work of one picture, without waiting for the screen, while the range moves on by a pixel. @param {number} count */
async function drawing(count) {
  const { browser, page, load } = await openPage();
  try {
    await give(page, count);
    await load();
    const times = await page.evaluate(async () => {
      view.setScene(given.scene);
      view.addMarks(given.marks);
      view.fitAll();
      await untilDrawn();
      const { from, to } = view.range;
      const times = [];
      for (let step = 0; step < 200; step++) {
        const moved = (step * (to - from)) / 1_000;
        view.range = { from: from + moved, to: to + moved };
        const begin = performance.now();
        view.drawNow();
        times.push(performance.now() - begin);
      }
      return times;
    });
    return `median ${median(times).toFixed(1)} ms, fastest ${Math.min(...times).toFixed(1)} ms`;
  } finally {
    await browser.close();
  }
}

/** From the message to the picture with it. */
async function liveEvents() {
  const { browser, page, load } = await openPage();
  try {
    await give(page, 10_000);
    await load();
    const times = await page.evaluate(async () => {
      view.setScene(given.scene);
      view.addMarks(given.marks);
      view.setLive(true);
      view.setFollow(true);
      await untilDrawn();
      const times = [];
      for (let round = 0; round < 100; round++) {
        await new Promise(resolve => setTimeout(resolve, 20 + Math.random() * 40));
        const begin = performance.now();
        view.addMarks(scenes.columns([[Date.now(), 'sentinel-26379', '+sdown', 3]], 1_000_000 + round));
        await untilDrawn();
        await new Promise(resolve => requestAnimationFrame(resolve));
        times.push(performance.now() - begin);
      }
      return times;
    });
    return `a live event to the screen: median ${median(times).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms (limit ${limits.live} ms)`;
  } finally {
    await browser.close();
  }
}

/** Every event of an hour is added and drawn; the heap after a full collection, as it grows. */
async function soakHour() {
  const { browser, page, load } = await openPage();
  try {
    await load();
    const session = await page.context().newCDPSession(page);
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage');
      // with the columns of marks, which are outside the heap itself
      const { usedSize, backingStorageSize = 0 } = await session.send('Runtime.getHeapUsage');
      return (usedSize + backingStorageSize) / 1e6;
    };
    await page.evaluate(async () => {
      view.setScene(scenes.failoverScene());
      view.setLive(true);
      view.setFollow(true);
      await untilDrawn();
    });
    const sizes = [await heap()];
    const parts = 6;
    for (let part = 0; part < parts; part++) {
      await page.evaluate(
        async ({ from, to, perStep }) => {
          const lanes = view.scene.lanes.slice(2).map(({ id }) => id);
          for (let key = from; key < to; key += perStep) {
            const rows = Array.from({ length: perStep }, (_, index) => [
              Date.now() - ((key + index) % 50 === 0 ? 400 : 0),
              lanes[(key + index) % lanes.length],
              ['+sdown', 'retry', '-sdown'][(key + index) % 3],
              (key + index) % 4,
            ]);
            view.addMarks(scenes.columns(rows, key));
            await untilDrawn();
          }
        },
        { from: (part * soak.events) / parts, to: ((part + 1) * soak.events) / parts, perStep: soak.perStep },
      );
      sizes.push(await heap());
    }
    const megabytes = sizes.map(size => size.toFixed(1)).join(', ');
    return `${group(soak.events)} live events (an hour of ten a second), heap and columns at the start and after each sixth: ${megabytes} MB`;
  } finally {
    await browser.close();
  }
}

/** @param {import('playwright-core').Page} page @param {number} count */
async function give(page, count) {
  const { manyFailovers, manyMarks } = await import('./timeline/scenes.mjs');
  await page.evaluate(given => Object.assign(globalThis, { given }), {
    scene: manyFailovers(),
    marks: manyMarks(count),
  });
}

/** @param {number} value */
function group(value) {
  return value.toLocaleString('en-US');
}

/** With the texts as the extension has them. */
async function openPage() {
  const { timelineViewTexts } = await importSource('src/ui/timeline/timelineViewTexts.ts');
  return openTimeline(timelineViewTexts());
}
