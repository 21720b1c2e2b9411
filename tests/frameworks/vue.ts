import { createApp, shallowRef } from 'vue';
import { ACTIONS, type Action, act, initial, publish } from './model.ts';

const template = `<main>
  <button v-for="action of actions" :key="action" :id="action" @click="press(action)">{{ action }}</button>
  <article id="prose">
    <p v-for="item of state.items" :key="item.key">{{ item.lead }} <em>{{ item.stress }}</em> {{ item.tail }}<b v-if="state.count % 2 === 1"> oddly enough</b> <a href="#link">{{ item.link }}</a>, {{ state.count }} times.</p>
  </article>
</main>`;

createApp({
  template,
  setup() {
    const state = shallowRef(initial);
    publish(initial);
    const press = (action: Action) => {
      state.value = act(state.value, action);
      publish(state.value);
    };
    return { state, press, actions: ACTIONS };
  },
}).mount('#app');
