// A button that copies the field before it. Without this the field is there to be selected.
const copier = document.querySelector('[data-copy]')

if (copier) {
  const field = document.querySelector('[data-copy-from]')
  const said = copier.querySelector('[data-copied]')
  copier.hidden = false
  field.addEventListener('focus', () => field.select())
  copier.querySelector('button').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      said.textContent = said.dataset.copied
    } catch {
      field.focus()
      said.textContent = said.dataset.failed
    }
  })
}
