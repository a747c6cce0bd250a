const peek = document.getElementById('peek');
const fields = document.querySelectorAll('input[type=password]');
const show = () => { for (const field of fields) field.type = peek.checked ? 'text' : 'password'; };
peek.parentElement.hidden = false;
peek.addEventListener('change', show);
// Browsers remember what text fields held.
peek.form.addEventListener('submit', () => { peek.checked = false; show(); });
