// Builds everything a browser fetches into build/, which Django serves as static files:
// the stylesheets, the two fonts, GOV.UK Frontend's and htmx's scripts, and our own.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import * as sass from 'sass'

const out = 'build'
rmSync(out, { recursive: true, force: true })
for (const folder of ['css', 'js', 'fonts', 'images']) mkdirSync(`${out}/${folder}`, { recursive: true })

for (const sheet of ['site', 'print', 'editor']) {
  const { css } = sass.compile(`lic_site/assets/scss/${sheet}.scss`, {
    loadPaths: ['node_modules'],
    style: 'compressed',
    quietDeps: true
  })
  writeFileSync(`${out}/css/${sheet}.css`, css)
}

const fonts = {
  'bricolage-grotesque/files/bricolage-grotesque-latin-opsz-normal': 'bricolage',
  'bricolage-grotesque/files/bricolage-grotesque-latin-ext-opsz-normal': 'bricolage-ext',
  'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal': 'atkinson',
  'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal': 'atkinson-ext',
  'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic': 'atkinson-italic'
}
for (const [from, to] of Object.entries(fonts)) {
  cpSync(`node_modules/@fontsource-variable/${from}.woff2`, `${out}/fonts/${to}.woff2`)
}
cpSync('node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js', `${out}/js/govuk-frontend.min.js`)
cpSync('node_modules/htmx.org/dist/htmx.min.js', `${out}/js/htmx.min.js`)
cpSync('lic_site/assets/js', `${out}/js`, { recursive: true })
cpSync('lic_site/assets/images', `${out}/images`, { recursive: true })
