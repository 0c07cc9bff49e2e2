/* What a script adds to the website; nothing needs it. On a document's page: the chosen view is
   remembered, Escape closes the card, the words of a search are lit, a chosen paragraph can be
   copied as a citation. On the search page: the search. Every word shown comes from the page. */
(function () {
  "use strict";
  var page = document;
  var find = function (selector, root) { return (root || page).querySelector(selector); };
  var each = function (selector, act) { Array.prototype.forEach.call(page.querySelectorAll(selector), act); };
  var make = function (tag, text, parent, given) {
    var made = page.createElement(tag);
    if (text) made.textContent = text;
    Object.keys(given || {}).forEach(function (key) { made.setAttribute(key, given[key]); });
    if (parent) parent.appendChild(made);
    return made;
  };
  var words = function (query) {
    return (query || "").normalize("NFC").toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) || [];
  };
  var pattern = function (list) {
    var safe = list.map(function (word) { return word.replace(/[’'-]/g, "."); });
    return new RegExp("(?<![\\p{L}\\p{N}])(?:" + safe.join("|") + ")[\\p{L}\\p{N}]*", "giu");
  };
  var fill = function (text, values) {
    return text.replace(/\{(\d)\}/g, function (all, number) { return values[number - 1]; });
  };

  /* Puts words that a pattern matches into mark elements. */
  function light(root, match) {
    var walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT), texts = [], node;
    while ((node = walker.nextNode())) texts.push(node);
    texts.forEach(function (text) {
      var found, at = 0, parts = page.createDocumentFragment();
      match.lastIndex = 0;
      while ((found = match.exec(text.data))) {
        parts.append(text.data.slice(at, found.index));
        make("mark", found[0], parts);
        at = found.index + found[0].length;
      }
      if (at) { parts.append(text.data.slice(at)); text.replaceWith(parts); }
    });
  }

  function document_page(text) {
    var key = "diplomatic-view";
    try {
      var chosen = localStorage.getItem(key);
      if (chosen && find("#" + chosen)) find("#" + chosen).checked = true;
    } catch (error) { /* no memory where it is not allowed */ }
    each("input[name=view]", function (input) {
      input.addEventListener("change", function () {
        try { localStorage.setItem(key, input.id); } catch (error) { /* as above */ }
      });
    });
    page.addEventListener("keydown", function (event) {
      var card = event.key === "Escape" && find(".app:target .home");
      if (card) card.click();
    });
    var hit = words(new URLSearchParams(location.search).get("hit"));
    if (hit.length) light(text, pattern(hit));
    var offer = function () {
      each(".copy", function (old) { old.remove(); });
      var unit = /^#p\d/.test(location.hash) && page.getElementById(location.hash.slice(1));
      var cite = find("#cite .cit");
      if (!unit || !cite || !navigator.clipboard) return;
      var button = make("button", text.dataset.copy, unit, { "class": "copy", type: "button" });
      button.addEventListener("click", function () {
        var said = cite.textContent.trim() + " ¶ " + unit.id.slice(1) + ". " + location.href.split("?")[0].split("#")[0] + "#" + unit.id;
        navigator.clipboard.writeText(said).then(function () { button.textContent = text.dataset.copied; });
      });
    };
    window.addEventListener("hashchange", offer);
    offer();
  }

  /* The index for files, where modules cannot be loaded: all words in one script. */
  function plain_index(data) {
    var meta = function (doc) { return { kind: [doc[2]], year: [doc[3]], language: doc[4], person: doc[5], place: doc[6] }; };
    var fits = function (doc, filters) {
      var own = meta(doc);
      return Object.keys(filters).every(function (name) { return own[name].indexOf(filters[name]) >= 0; });
    };
    return {
      filters: function () {
        var all = {};
        data.documents.forEach(function (doc) {
          var own = meta(doc);
          Object.keys(own).forEach(function (name) {
            own[name].forEach(function (value) {
              if (value) (all[name] = all[name] || {})[value] = (all[name][value] || 0) + 1;
            });
          });
        });
        return Promise.resolve(all);
      },
      search: function (list, filters) {
        var tests = list.map(function (word) { return pattern([word]); }), found = new Map();
        data.units.forEach(function (unit) {
          if (!fits(data.documents[unit[0]], filters)) return;
          tests.forEach(function (test, index) {
            test.lastIndex = 0;
            if (!test.test(unit[2])) return;
            var entry = found.get(unit[0]) || { all: new Set(), hits: new Set() };
            entry.all.add(index); entry.hits.add(unit);
            found.set(unit[0], entry);
          });
        });
        var results = [];
        found.forEach(function (entry, number) {
          if (entry.all.size < tests.length) return;
          var doc = data.documents[number], hits = Array.from(entry.hits);
          results.push(function () {
            return Promise.resolve({ url: doc[0] + ".html", title: doc[1], hits: hits.map(function (unit) {
              return { anchor: unit[1], text: around(unit[2].split(/\s+/), tests) };
            }) });
          });
        });
        return Promise.resolve(results);
      }
    };
  }

  /* The words around the first that one of the patterns matches. */
  function around(list, tests) {
    var at = list.findIndex(function (word) {
      return tests.some(function (test) { test.lastIndex = 0; return test.test(word); });
    });
    var from = Math.max(0, at - 12), to = Math.min(list.length, from + 30);
    return (from ? "… " : "") + list.slice(from, to).join(" ") + (to < list.length ? " …" : "");
  }

  /* Pagefind's index: loads what a query needs. */
  function pagefind_index(engine) {
    return {
      filters: function () { return engine.filters(); },
      search: function (list, filters) {
        return engine.search(list.join(" "), { filters: filters }).then(function (found) {
          return found.results.map(function (result) {
            return function () {
              return result.data().then(function (data) {
                var all = (data.raw_content || data.content).split(/\s+/), seen = {}, hits = [];
                var units = data.anchors.filter(function (anchor) { return /^[pn]\d/.test(anchor.id); });
                data.locations.forEach(function (at) {
                  var unit = units.filter(function (anchor) { return anchor.location <= at; }).pop();
                  var anchor = unit ? unit.id : "";
                  if (seen[anchor]) return;
                  seen[anchor] = true;
                  hits.push({ anchor: anchor, text: around(all.slice(Math.max(0, at - 12), at + 18), [pattern(list)]) });
                });
                return { url: (data.raw_url || data.url).replace(/^.*\//, ""), title: data.meta.title, hits: hits };
              });
            };
          });
        });
      }
    };
  }

  function search_page(form) {
    var input = find("#query"), status = find("#status"), list = find("#results"), turn = 0, engine;
    form.hidden = false;
    var filters = function () {
      var chosen = {};
      each("#facets select", function (select) { if (select.value) chosen[select.name] = select.value; });
      return chosen;
    };
    var show = function (data, asked) {
      var item = make("li", "", list), heading = make("h2", "", item);
      var link = function (anchor) { return data.url + "?hit=" + encodeURIComponent(asked.join(" ")) + (anchor ? "#" + anchor : ""); };
      make("a", data.title, heading, { href: link("") });
      data.hits.slice(0, 5).forEach(function (hit) {
        var line = make("p", "", item, { "class": "hit" }), name = hit.anchor;
        var label = /^p/.test(name) ? "¶ " + name.slice(1) : name ? form.dataset.note + " " + name.slice(1) : "→";
        make("a", label, line, { href: link(name) });
        light(make("span", hit.text, line), pattern(asked));
      });
    };
    var run = function () {
      var asked = words(input.value), mine = ++turn;
      list.textContent = status.textContent = "";
      if (!asked.length) return;
      engine.search(asked, filters()).then(function (results) {
        if (mine !== turn) return;
        status.textContent = results.length ? fill(form.dataset.count, [input.value, results.length]) : fill(form.dataset.none, [input.value]);
        var next = function (from) {
          Promise.all(results.slice(from, from + 10).map(function (load) { return load(); })).then(function (loaded) {
            if (mine !== turn) return;
            loaded.forEach(function (data) { show(data, asked); });
            if (from + 10 < results.length) {
              var item = make("li", "", list), button = make("button", form.dataset.more, item, { type: "button" });
              button.addEventListener("click", function () { item.remove(); next(from + 10); });
            }
          });
        };
        next(0);
      });
    };
    var begin = function (index) {
      engine = index;
      engine.filters().then(function (all) {
        ["kind", "year", "person", "place", "language"].forEach(function (name) {
          var values = Object.keys(all[name] || {}).sort();
          if (!values.length) return;
          var label = make("label", form.dataset[name], find("#facets")), select = make("select", "", label, { name: name });
          make("option", "–", select, { value: "" });
          values.forEach(function (value) { make("option", value + " (" + all[name][value] + ")", select, { value: value }); });
          select.addEventListener("change", run);
        });
        input.value = new URLSearchParams(location.search).get("q") || "";
        input.addEventListener("input", run);
        form.addEventListener("submit", function (event) { event.preventDefault(); run(); });
        form.dataset.ready = "true";
        run();
      });
    };
    var fail = function () { form.hidden = true; status.textContent = form.dataset.fail; };
    if (location.protocol === "file:") {
      var script = make("script", "", null, { src: "assets/search-data.js" });
      script.onload = function () { begin(plain_index(window.searchData)); };
      script.onerror = fail;
      page.head.appendChild(script);
    } else {
      import("../pagefind/pagefind.js").then(function (engine) {
        return engine.init().then(function () { begin(pagefind_index(engine)); });
      }).catch(fail);
    }
  }

  if (find("#text[data-copy]")) document_page(find("#text"));
  if (find("form#search")) search_page(find("form#search"));
})();
