// GOV.UK Frontend's inline script as a file, so that the content security policy stays strict.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
