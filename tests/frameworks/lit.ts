import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ACTIONS, type Action, act, type Item, initial, publish } from './model.ts';

let state = initial;

const press = (action: Action) => {
  state = act(state, action);
  draw();
};

const paragraph = ({ lead, stress, tail, link }: Item) =>
  html`<p>${lead} <em>${stress}</em> ${tail}${state.count % 2 === 1 ? html`<b> oddly enough</b>` : nothing} <a href="#link">${link}</a>, ${state.count} times.</p>`;

function draw(): void {
  publish(state);
  const root = document.querySelector<HTMLElement>('#app');
  if (!root) return;
  const buttons = ACTIONS.map(
    (action) => html`<button id=${action} @click=${() => press(action)}>${action}</button>`,
  );
  const paragraphs = repeat(state.items, ({ key }) => key, paragraph);
  render(html`<main>${buttons}<article id="prose">${paragraphs}</article></main>`, root);
}

draw();
