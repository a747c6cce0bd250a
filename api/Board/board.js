// The big screen of the hall that stands in the address. It shows the last board it heard of, says when it hears nothing, and finds back by itself.
// Each call stands at the top for a time of its own, one after the other, unless it is over or repeated by then. Behind #speak it is spoken as well.
import { by, element, english, follow } from './live.js';

const shownFor = 8_000;

const calls = [];
let heard = null;
let calling = false;
let called = null;

const row = (cells, name = '') => element('tr', cells.map((cell) => element('td', cell)), { className: name });

function show(board) {
  document.title = `${board.name.zh} · ${board.name.en}`;
  by('hall').replaceChildren(element('span', board.name.zh), ' ', english(board.name.en));
  by('calls').querySelector('tbody').replaceChildren(...board.calls.map((call) => row([call.number, `${call.window}`], call.serving ? '' : 'called')));
  by('groups').querySelector('tbody').replaceChildren(...board.groups.map((group) => row([
    [element('b', group.letter), group.name.zh, english(group.name.en)], `${group.waiting}`, windowsOf(board, group), wait(group),
  ])));
  const before = new Set((heard ?? board).calls.map(nameOf));
  calls.push(...board.calls.filter((call) => !call.serving && !before.has(nameOf(call))).reverse());
  heard = board;
  by('call').classList.toggle('closed', !board.open);
  by('call').dataset.closed = closed(board);
  // Of a hall that is closed and has nobody in it a table says nothing.
  by('groups').hidden = !board.open && board.groups.every((group) => group.waiting === 0);
  by('calls').hidden = by('groups').hidden && board.calls.length === 0;
  callNext();
}

// The same number called again is another call.
const nameOf = (call) => `${call.number} ${call.window} ${call.calledAt}`;

// Which windows serve it now.
const windowsOf = (board, group) => board.windows.filter((window) => window.groups.includes(group.code)).map((window) => window.number).join(' ') || ['无', english('none')];

/** When a hall that gives no numbers does again. */
function closed({ opensAt }) {
  if (!opensAt) return '现不取号 · No numbers are given now';
  const at = (language) => new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Shanghai' }).format(new Date(opensAt));
  return `大厅未开放，${at('zh-CN')} 开放\nClosed. Opens ${at('en-GB')}`;
}

const day = (at) => new Intl.DateTimeFormat('zh-CN', { month: 'numeric', day: 'numeric', timeZone: 'Asia/Shanghai' }).format(new Date(at));

function wait(group) {
  const { estimatedWait: range } = group;
  if (!range) return ['未知', english('unknown')];
  return [`${range.from}–${range.until} 分`, element('small', ` 按${day(range.since)}起${range.measured}次办理`), english(`${range.from}–${range.until} min, by ${range.measured} since ${day(range.since)}`)];
}

function callNext() {
  if (calling) return;
  let call;
  do call = calls.shift(); while (call && !heard.calls.some((still) => !still.serving && nameOf(still) === nameOf(call)));
  const at = by('call');
  at.classList.toggle('new', Boolean(call));
  if (!call) {
    // Whoever is at the window no more is called there no more.
    if (!heard.calls.some((there) => there.number === called?.number && there.window === called.window)) at.replaceChildren();
    return;
  }
  calling = true;
  called = call;
  at.replaceChildren(
    element('span', '请'), element('strong', call.number), element('span', '号到'), element('strong', `${call.window}`), element('span', '号窗口'),
    english(`${call.number}, please go to window ${call.window}`),
  );
  if (location.hash === '#speak' && 'speechSynthesis' in globalThis) {
    const words = new SpeechSynthesisUtterance(`请${[...call.number].join(' ')}号到${call.window}号窗口`);
    words.lang = 'zh-CN';
    speechSynthesis.speak(words);
  }
  setTimeout(() => { calling = false; callNext(); }, shownFor);
}

follow(show);
