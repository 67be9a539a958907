// A register without a page load: everybody present at once, a count that follows, and a word
// before leaving with choices unsaved. Without this the page's own buttons do the same.
const form = document.querySelector('[data-register]')

if (form) {
  const lines = [...form.querySelectorAll('fieldset')]
  const isMarked = (line) => Boolean(line.querySelector('input[type=radio]:checked'))
  const count = () => {
    form.querySelector('[data-marked]').textContent = String(lines.filter(isMarked).length)
  }
  let unsaved = false

  form.addEventListener('change', () => { unsaved = true; count() })
  form.addEventListener('submit', () => { unsaved = false })
  form.querySelector('#everybody')?.addEventListener('click', (event) => {
    event.preventDefault()
    for (const line of lines.filter((each) => !isMarked(each))) {
      const present = line.querySelector('input[value=present]')
      if (present && !line.querySelector('[name^=yours_]')) { present.checked = true; unsaved = true }
    }
    count()
  })
  window.addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault() })
  window.addEventListener('pageshow', count)
}
