/* Pages are whole without this. It warns of a picture that is too large before it is sent, and works a little for the form, so that a
   household behind one address may send more. Written for the browsers of 2016. */
(() => {
  var most = 8 * 1024 * 1024;

  function warn(input) {
    var hint = document.getElementById(input.getAttribute('aria-describedby') || '');
    var words = input.getAttribute('data-too-big');
    input.addEventListener('change', () => {
      var large = input.files && input.files[0] && input.files[0].size > most;
      input.setCustomValidity(large ? words : '');
      if (large && input.reportValidity) input.reportValidity();
      if (large && hint) hint.textContent = words;
    });
  }

  /* How many zero bits a digest begins with has to be so many: a second of work for an old phone. */
  var bits = 15;

  function work(form) {
    var token = form.querySelector('input[name=token]');
    var field = form.querySelector('input[name=work]');
    if (!token || !field || !window.crypto || !window.crypto.subtle || !window.TextEncoder) return;
    var encoder = new TextEncoder();
    var tried = 0;
    function next() {
      window.crypto.subtle.digest('SHA-256', encoder.encode(`${token.value}.${tried}`)).then((digest) => {
        var begins = new DataView(digest).getUint32(0);
        if (begins >>> (32 - bits) === 0) field.value = String(tried);
        else {
          tried += 1;
          if (tried < 1000000) next();
        }
      });
    }
    next();
  }

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  each('input[type=file][data-too-big]', warn);
  each('form', work);
})();
