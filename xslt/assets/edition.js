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

  /* Loads a script of the edition. */
  function load(address) {
    return new Promise(function (loaded, failed) {
      var script = make("script", "", null, { src: address });
      script.onload = loaded;
      script.onerror = failed;
      page.head.appendChild(script);
    });
  }

  /* The index for files, where modules cannot be loaded: a script for each shard, with all its words. */
  function plain_index(head) {
    var pieces = {};
    window.searchPiece = function (number, content) { pieces[number] = content; };
    var piece = function (number) {
      return pieces[number] ? Promise.resolve(pieces[number]) : load("assets/search-" + number + ".js").then(function () { return pieces[number]; });
    };
    var result = function (doc, hits, tests) {
      return { name: doc[0], data: function () {
        return Promise.resolve({ url: doc[0] + ".html", title: doc[1], hits: hits.map(function (unit) {
          return { anchor: unit[0], text: around(unit[1].split(/\s+/), tests) };
        }) });
      } };
    };
    var look = function (content, tests, filters, results) {
      content.documents.forEach(function (doc, number) {
        if (!Object.keys(filters).every(function (name) { return doc[2][name].indexOf(filters[name]) >= 0; })) return;
        var all = new Set(), hits = content.units[number].filter(function (unit) {
          return tests.filter(function (test, index) {
            test.lastIndex = 0;
            return test.test(unit[1]) && all.add(index);
          }).length;
        });
        if (all.size === tests.length) results.push(result(doc, hits, tests));
      });
    };
    return {
      search: function (list, filters, stale) {
        var tests = list.map(function (word) { return pattern([word]); }), results = [];
        var next = function (number) {
          if (number > head.shards || stale()) {
            results.sort(function (one, other) { return one.name < other.name ? -1 : 1; });
            return results.map(function (found) { return found.data; });
          }
          return piece(number).then(function (content) {
            look(content, tests, filters, results);
            return next(number + 1);
          });
        };
        return Promise.resolve(1).then(next);
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

  /* Pagefind's indexes, one for each shard: they load what a query needs. For a word that an index does not have,
     Pagefind takes the longest beginning of it that there is, or leaves it out; that would be another word in each
     shard. So each word is searched for by itself, and what is found is kept only if it has a word that begins so:
     it has that very word, or else it is found elsewhere than with a sign at the end that no word has. That sign
     also has Pagefind load up to the last word that begins so. */
  function pagefind_index(engine) {
    var end = "\u{10ffff}";
    var places = function (result) { return result.words.join(); };
    var having = function (word, filters) {
      var ask = function (query) { return engine.search(query, { filters: filters }); };
      return engine.preload(word + " " + word + end).then(function () {
        return Promise.all([word, word + end, '"' + word + '"'].map(ask));
      }).then(function (found) {
        var beginning = new Map(found[1].results.map(function (result) { return [result.id, places(result)]; }));
        var whole = new Set(found[2].results.map(function (result) { return result.id; }));
        return found[0].results.filter(function (result) {
          return whole.has(result.id) || beginning.get(result.id) !== places(result);
        });
      });
    };
    var shown = function (data, locations, list) {
      var all = (data.raw_content || data.content).split(/\s+/), seen = {}, hits = [];
      var units = data.anchors.filter(function (anchor) { return /^[pn]\d/.test(anchor.id); });
      locations.forEach(function (at) {
        var unit = units.filter(function (anchor) { return anchor.location <= at; }).pop();
        var anchor = unit ? unit.id : "";
        if (seen[anchor]) return;
        seen[anchor] = true;
        hits.push({ anchor: anchor, text: around(all.slice(Math.max(0, at - 12), at + 18), [pattern(list)]) });
      });
      return { url: (data.raw_url || data.url).replace(/^.*\//, ""), title: data.meta.title, hits: hits };
    };
    return {
      search: function (list, filters) {
        return Promise.all(list.map(function (word) { return having(word, filters); })).then(function (found) {
          var rest = found.slice(1).map(function (results) {
            return new Map(results.map(function (result) { return [result.id, result]; }));
          });
          return found[0].map(function (result) {
            return [result].concat(rest.map(function (results) { return results.get(result.id); }));
          }).filter(function (results) {
            return results.every(Boolean);
          }).map(function (results) {
            return { results: results, score: results.reduce(function (sum, result) { return sum + result.score; }, 0) };
          }).sort(function (one, other) {
            return other.score - one.score;
          }).map(function (found) {
            var locations = [].concat.apply([], found.results.map(function (result) { return result.words; }));
            locations.sort(function (one, other) { return one - other; });
            return function () {
              return found.results[0].data().then(function (data) { return shown(data, locations, list); });
            };
          });
        });
      }
    };
  }

  /* Loads Pagefind with the indexes of all shards. */
  function pagefind(shards) {
    return import("../pagefind/pagefind.js").then(function (engine) {
      return engine.init().then(function () {
        var others = [];
        for (var number = 2; number <= shards; number += 1) {
          others.push(engine.mergeIndex(new URL("pagefind/" + number + "/", location.href).href));
        }
        return Promise.all(others);
      }).then(function () { return pagefind_index(engine); });
    });
  }

  function search_page(form) {
    var input = find("#query"), status = find("#status"), list = find("#results"), turn = 0, typing = 0, engine;
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
    var fail = function () { form.hidden = true; status.textContent = form.dataset.fail; };
    var run = function () {
      var asked = words(input.value), mine = ++turn;
      clearTimeout(typing);
      list.textContent = status.textContent = "";
      if (!asked.length) return;
      var stale = function () { return mine !== turn; };
      engine.search(asked, filters(), stale).then(function (results) {
        if (stale()) return;
        status.textContent = results.length ? fill(form.dataset.count, [input.value, results.length]) : fill(form.dataset.none, [input.value]);
        var next = function (from) {
          Promise.all(results.slice(from, from + 10).map(function (load) { return load(); })).then(function (loaded) {
            if (stale()) return;
            loaded.forEach(function (data) { show(data, asked); });
            if (from + 10 < results.length) {
              var item = make("li", "", list), button = make("button", form.dataset.more, item, { type: "button" });
              button.addEventListener("click", function () { item.remove(); next(from + 10); });
            }
          });
        };
        next(0);
      }).catch(fail);
    };
    /* A word that is being typed is not searched for at each letter. */
    var soon = function () {
      clearTimeout(typing);
      turn += 1;
      list.textContent = status.textContent = "";
      typing = setTimeout(run, 150);
    };
    var begin = function (index, facets) {
      engine = index;
      ["kind", "year", "person", "place", "language"].forEach(function (name) {
        var values = Object.keys(facets[name] || {}).sort();
        if (!values.length) return;
        var label = make("label", form.dataset[name], find("#facets")), select = make("select", "", label, { name: name });
        make("option", "–", select, { value: "" });
        values.forEach(function (value) { make("option", value + " (" + facets[name][value] + ")", select, { value: value }); });
        select.addEventListener("change", run);
      });
      input.value = new URLSearchParams(location.search).get("q") || "";
      input.addEventListener("input", soon);
      form.addEventListener("submit", function (event) { event.preventDefault(); run(); });
      form.dataset.ready = "true";
      run();
    };
    load("assets/search-data.js").then(function () {
      var head = window.searchData;
      var index = location.protocol === "file:" ? plain_index(head) : pagefind(head.shards);
      return Promise.resolve(index).then(function (found) { begin(found, head.facets); });
    }).catch(fail);
  }

  if (find("#text[data-copy]")) document_page(find("#text"));
  if (find("form#search")) search_page(find("form#search"));
})();
