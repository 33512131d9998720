import '../controls.css';
import './page.css';
import { readToTimeline, type FromTimeline } from '../../protocol/timeline';
import { Page } from './page';
import { readPageState, type PageState } from './pageState';

/** What VS Code gives to the page of a webview. */
interface VsCodeApi {
  postMessage(message: FromTimeline): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
let page: Page | undefined;

window.addEventListener('message', event => {
  const message = readToTimeline(event.data);
  if (message?.type === 'begin') {
    document.body.replaceChildren();
    const host = {
      post: (answer: FromTimeline): void => api.postMessage(answer),
      keep: (state: PageState): void => api.setState(state),
    };
    page = new Page(message, host, readPageState(api.getState()));
  } else if (message) {
    page?.take(message);
  }
});

api.postMessage({ type: 'ready' });
