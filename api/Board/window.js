// The screen of the window that stands in the address: whom it calls or serves, and once they are served, until the next call, where they say how that was.
import { by, element, english, follow } from './live.js';

const number = Number(location.pathname.split('/')[3]);

let shown = '';

function show(board) {
  const window = board.windows.find((each) => each.number === number);
  document.title = `${number}号窗口 · Window ${number} · ${board.name.zh}`;
  by('hall').replaceChildren(element('span', board.name.zh), ' ', english(board.name.en));
  const groups = board.groups.filter((group) => window?.groups.includes(group.code));
  by('window').replaceChildren(
    element('p', [element('span', '窗口'), ' ', english('Window'), element('strong', `${number}`)]),
    element('ul', groups.map((group) => element('li', [group.name.zh, ' ', english(group.name.en)]))),
  );
  const [name, ...now] = tells(window, board.calls.find((call) => call.window === number));
  // What is said already is not said again: of a board that changed elsewhere in the hall nobody here is told, nor is its picture drawn anew.
  const said = JSON.stringify([name, window?.ticket, window?.served]);
  if (said === shown) return;
  shown = said;
  by('now').className = name;
  by('now').replaceChildren(...now);
}

const line = (zh, en) => element('p', [zh, ' ', english(en)]);

function tells(window, call) {
  if (!window) return ['closed', line('暂停服务', 'Closed')];
  if (call && !call.serving) return ['called', line('请到本窗口办理', 'Please come to this window'), element('strong', call.number)];
  if (call) return ['serving', line('正在办理', 'Now serving'), element('strong', call.number)];
  if (window.served) return ['rate', rating(window.served), picture(window.served)];
  return ['waits', line('请等候叫号', 'Please wait for your number')];
}

const rating = ({ number: ticket }) => element('div', [
  line(`${ticket}号，请评价本次服务`, `${ticket}, how were you served?`),
  line('扫码登录，或输入号票上的查询码。分五个等级，评价自愿，窗口看不到是谁评价的。', 'Scan it, then sign in or type in the code on your ticket. Five grades; you need not rate, and the window does not see who did.'),
]);

const picture = ({ id }) => element('img', [], { src: `/board/rating-code/${id}`, alt: '评价二维码 · The QR code to rate by', width: 600, height: 600 });

follow(show);
