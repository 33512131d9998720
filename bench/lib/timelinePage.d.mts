import type { Browser, Page } from 'playwright-core';

export interface TimelinePageOptions {
  readonly theme?: 'dark' | 'light' | 'contrast';
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly extraStyle?: string;
}

export interface TimelinePage {
  readonly browser: Browser;
  readonly page: Page;
  readonly load: () => Promise<unknown>;
}

export function openTimeline(texts: unknown, options?: TimelinePageOptions): Promise<TimelinePage>;
