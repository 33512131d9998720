import '../controls.css';
import './logPanel.css';
import { readToPanel, type FromPanel } from '../../protocol/logPanel';
import { Page } from './page';
import { readState, type PanelState } from './panelState';

/** What VS Code gives to the page of a webview. */
interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();
let page: Page | undefined;

window.addEventListener('message', event => {
  const message = readToPanel(event.data);
  if (message?.type === 'begin') {
    document.body.replaceChildren();
    const host = {
      post: (answer: FromPanel): void => api.postMessage(answer),
      keep: (state: PanelState): void => api.setState(state),
    };
    page = new Page(message.texts, message.limit, host, readState(api.getState()));
  } else if (message) {
    page?.take(message);
  }
});

api.postMessage({ type: 'ready' });
