import { createElement as h, type ReactNode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ACTIONS, act, type Item, initial, publish } from './model.ts';

function Paragraph({ item, count }: { item: Item; count: number }): ReactNode {
  const odd = count % 2 === 1 ? h('b', null, ' oddly enough') : null;
  const link = h('a', { href: '#link' }, item.link);
  return h(
    'p',
    null,
    item.lead,
    ' ',
    h('em', null, item.stress),
    ' ',
    item.tail,
    odd,
    ' ',
    link,
    ', ',
    count,
    ' times.',
  );
}

function App(): ReactNode {
  const [state, setState] = useState(initial);
  publish(state);
  const buttons = ACTIONS.map((action) =>
    h(
      'button',
      { key: action, id: action, type: 'button', onClick: () => setState((now) => act(now, action)) },
      action,
    ),
  );
  const paragraphs = state.items.map((item) => h(Paragraph, { key: item.key, item, count: state.count }));
  return h('main', null, buttons, h('article', { id: 'prose' }, paragraphs));
}

const root = document.querySelector('#app');
if (root) createRoot(root).render(h(App));
