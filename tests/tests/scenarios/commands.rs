//! Commands of `run`, one by one.

use serde_json::json;
use tresse_tests::{Peer, Schema, word};

#[test]
fn the_printed_schema_accepts_one_of_every_command_and_refuses_what_the_program_refuses() {
    let schema = Schema::of_commands();
    let (ana, bo) = (Peer::named("Ana"), Peer::named("Bo"));
    let network = ana.founds("Atelier");
    let page = ana.writes_page(&network, "Carnet", "Début.\n");
    let n = &network;
    let with = |mut command: serde_json::Value, rest: serde_json::Value| {
        for (key, value) in rest.as_object().unwrap() {
            command[key] = value.clone();
        }
        command
    };
    let c =
        |name: &str, rest: serde_json::Value| with(json!({ "command": name, "network": n }), rest);
    let id = |command: serde_json::Value, key: &str| word(&ana.does(command)[key]);
    let purpose = id(c("purpose.add", json!({ "text": "Produire" })), "purpose");
    let value = id(c("value.add", json!({ "text": "Écoute" })), "value");
    let orientation = id(
        c(
            "orientation.add",
            json!({ "title": "Accueillir", "words": "Sans trier" }),
        ),
        "orientation",
    );
    let objective = id(
        c(
            "objective.add",
            json!({ "title": "Se connaître", "deadline": "2027-01-01",
            "means": "Deux salles", "orientation": orientation }),
        ),
        "objective",
    );
    let indicator = id(
        c(
            "indicator.add",
            json!({ "objective": objective, "name": "Rencontres", "target": "12",
            "unit": "par an", "baseline": "2" }),
        ),
        "indicator",
    );
    let measure = id(
        c(
            "measure.add",
            json!({ "objective": objective, "indicator": indicator, "date": "2026-11-24",
            "value": "4", "note": "à la main" }),
        ),
        "measure",
    );
    let group = id(
        c(
            "group.add",
            json!({ "name": "Accueil", "remit": "Recevoir", "start": "2026-01-05",
            "planned_end": "2027-01-05" }),
        ),
        "group",
    );
    let own = id(
        c(
            "own-objective.add",
            json!({ "text": "Former", "objective": objective }),
        ),
        "own_objective",
    );
    let action = id(
        c(
            "action.add",
            json!({ "title": "Réserver", "objective": objective, "owner": ana.member(),
            "due": "2027-02-02", "territory": "Ici", "status": "doing", "group": "Accueil",
            "working_group": group, "start": "2027-01-04", "effort": "3 h", "every": "monthly",
            "territory_scale": "town" }),
        ),
        "action",
    );
    let charter = id(c("charter.adopt", json!({})), "version");
    let before = id(c("action.add", json!({ "title": "Choisir" })), "action");
    let check = id(
        c("check.add", json!({ "action": action, "text": "Appeler" })),
        "check",
    );
    let invitation = ana.does(c("invite.create", json!({ "uses": 2, "expires_in": 3600 })));
    let invitation = word(&invitation["invitation"]);
    let (me, device) = (ana.member(), ana.device());
    let said = id(
        c("feedback.add", json!({ "text": "Plus lentement" })),
        "feedback",
    );
    let seen = id(
        c(
            "watch.add",
            json!({ "title": "Un décret", "summary": "Il change nos seuils.", "link": "https://exemple.org",
            "on": "2026-11-24", "tags": ["droit"] }),
        ),
        "watch",
    );
    let need = id(
        c(
            "resource.add",
            json!({ "name": "Un lieu", "side": "needed", "kind": "room" }),
        ),
        "resource",
    );
    let thing = id(
        c(
            "resource.add",
            json!({ "name": "Remorque", "side": "offered", "kind": "equipment", "member": me,
            "organisation": "Le Moulin", "description": "Deux mètres.", "place": "Le hangar",
            "conditions": "La rendre vide.", "answers": need, "tags": ["transport"] }),
        ),
        "resource",
    );
    let loan = id(
        c(
            "resource.lend",
            json!({ "resource": thing, "borrower": me, "from": "2026-11-02", "until": "2026-11-20",
            "purpose": "Déménager" }),
        ),
        "loan",
    );
    let path = ana.path("photo.png");
    std::fs::write(&path, b"\x89PNG\r\n").unwrap();
    let file = id(
        c("attachment.add", json!({ "document": page, "path": path })),
        "attachment",
    );
    let gave = id(
        c("contribution.add", json!({ "text": "J’ai conduit" })),
        "contribution",
    );
    let filter = c(
        "filter.save",
        json!({ "name": "À moi", "text": "salle", "status": "open", "owner": me,
            "working_group": "", "group_by": "status", "sort": "due" }),
    );
    let filter = id(filter, "filter");
    let beside = ana.founds("À côté");
    let commands = [
        json!({ "command": "me.set", "name": "Ana M.", "lang": "en", "lan": false }),
        json!({ "command": "net.address" }),
        json!({ "command": "network.create", "name": "Autre", "template": "produce" }),
        json!({ "command": "digest.set", "rhythm": "weekly", "at": "09:30",
            "quiet": { "from": "19:00", "to": "07:00" } }),
        c(
            "digest.network",
            json!({ "rhythm": "never", "silent": ["plan"] }),
        ),
        c("digest.read", json!({})),
        json!({ "command": "digest.arrived" }),
        c(
            "network.set",
            json!({ "field": "membership", "value": "open" }),
        ),
        c(
            "network.set",
            json!({ "field": "review_date", "value": null }),
        ),
        c("network.kind", json!({ "kind": "produce" })),
        c("network.kind", json!({ "kind": "produce", "off": true })),
        c("template.apply", json!({ "parts": [], "lang": "fr" })),
        c(
            "relation.set",
            json!({ "other": beside, "kind": "partner", "words": "Amis" }),
        ),
        c("relation.remove", json!({ "other": beside })),
        c("photo.set", json!({})),
        c("seen.mark", json!({ "documents": [] })),
        c("purpose.set", json!({ "purpose": purpose, "text": "Agir" })),
        c("purpose.remove", json!({ "purpose": purpose })),
        c(
            "purpose.remove",
            json!({ "purpose": purpose, "restore": true }),
        ),
        c(
            "charter.set",
            json!({ "field": "decision_rule", "value": "Consentement" }),
        ),
        c("charter.edit", json!({ "text": "Nous.\n" })),
        c(
            "charter.edit",
            json!({ "at": 0, "delete": 1, "insert": "V" }),
        ),
        c("charter.adopt", json!({})),
        c("charter.adopt", json!({ "version": charter })),
        c("charter.sign", json!({ "version": charter })),
        c(
            "charter.sign",
            json!({ "version": charter, "withdraw": true }),
        ),
        c("value.set", json!({ "value": value, "text": "Respect" })),
        c("value.remove", json!({ "value": value })),
        c(
            "objective.set",
            json!({ "objective": objective, "field": "means", "value": "" }),
        ),
        c("objective.remove", json!({ "objective": objective })),
        c(
            "objective.remove",
            json!({ "objective": objective, "restore": true }),
        ),
        c(
            "orientation.set",
            json!({ "orientation": orientation, "field": "words", "value": null }),
        ),
        c("orientation.remove", json!({ "orientation": orientation })),
        c(
            "measure.remove",
            json!({ "objective": objective, "indicator": indicator, "measure": measure }),
        ),
        c(
            "indicator.set",
            json!({ "objective": objective, "indicator": indicator,
            "field": "current", "value": "3" }),
        ),
        c(
            "indicator.remove",
            json!({ "objective": objective, "indicator": indicator }),
        ),
        c(
            "action.set",
            json!({ "action": action, "field": "status", "value": "done" }),
        ),
        c("action.done", json!({ "action": action })),
        c(
            "action.done",
            json!({ "action": action, "occurrence": "2027-03-02" }),
        ),
        c("action.done", json!({ "action": action, "off": true })),
        c("action.owner", json!({ "action": before, "member": me })),
        c(
            "action.owner",
            json!({ "action": before, "member": me, "off": true }),
        ),
        c("action.depend", json!({ "action": action, "on": before })),
        c(
            "action.move",
            json!({ "action": before, "start": "2026-12-01", "due": "2026-12-05" }),
        ),
        c(
            "action.set-many",
            json!({ "actions": [action, before], "field": "status", "value": "doing" }),
        ),
        c(
            "check.set",
            json!({ "action": action, "check": check, "text": "Écrire", "done": true }),
        ),
        c(
            "check.remove",
            json!({ "action": action, "check": check, "restore": false }),
        ),
        c("action.remove", json!({ "action": action })),
        c("group.member", json!({ "group": group, "member": me })),
        c(
            "group.set",
            json!({ "group": group, "field": "closed", "value": "2026-11-24" }),
        ),
        c(
            "page.set",
            json!({ "page": page, "field": "group", "value": group }),
        ),
        c("group.remove", json!({ "group": group })),
        c(
            "own-objective.set",
            json!({ "own_objective": own, "field": "objective", "value": null }),
        ),
        c("own-objective.remove", json!({ "own_objective": own })),
        c(
            "page.create",
            json!({ "title": "Autre page", "tags": ["a", "b"], "text": "Mots" }),
        ),
        c(
            "page.set",
            json!({ "page": page, "field": "title", "value": "Cahier" }),
        ),
        c("page.tag", json!({ "page": page, "tag": "bilan" })),
        c("attachment.fetch", json!({ "attachment": file })),
        c("attachment.stop", json!({ "attachment": file })),
        c(
            "attachment.save",
            json!({ "attachment": file, "path": path, "over": true }),
        ),
        c("attachment.keep", json!({ "always": false, "most": 10 })),
        c("attachment.remove", json!({ "attachment": file })),
        c(
            "attachment.remove",
            json!({ "attachment": file, "restore": true }),
        ),
        c(
            "page.tag",
            json!({ "page": page, "tag": "bilan", "off": true }),
        ),
        c(
            "page.edit",
            json!({ "page": page, "at": 0, "insert": "Un " }),
        ),
        c("page.open", json!({ "page": page })),
        c("page.close", json!({ "page": page })),
        c("page.remove", json!({ "page": page })),
        c("page.remove", json!({ "page": page, "restore": true })),
        c(
            "profile.set",
            json!({ "field": "organisation", "value": "Ateliers" }),
        ),
        c(
            "profile.set",
            json!({ "field": "engagement", "value": "volunteer" }),
        ),
        c("pulse.begin", json!({ "rhythm": "monthly" })),
        c("pulse.set", json!({ "field": "threshold", "value": "4" })),
        c("question.ask", json!({ "text": "Et le goûter ?" })),
        c(
            "question.set",
            json!({ "question": "heard", "text": "Entendu ?" }),
        ),
        c(
            "pulse.answer",
            json!({ "question": "heard", "score": 4, "word": "mieux" }),
        ),
        c("question.remove", json!({ "question": "heard" })),
        c(
            "assess.set",
            json!({ "statement": "can-means", "score": 2 }),
        ),
        c("toolbox.page", json!({ "sheet": "consent" })),
        c(
            "contribution.set",
            json!({ "contribution": gave, "text": "J’ai conduit tout le monde" }),
        ),
        c("contribution.remove", json!({ "contribution": gave })),
        c(
            "watch.set",
            json!({ "watch": seen, "field": "link", "value": null }),
        ),
        c("watch.tag", json!({ "watch": seen, "tag": "formation" })),
        c("watch.untag", json!({ "watch": seen, "tag": "droit" })),
        c("watch.unread", json!({ "items": [seen] })),
        c("watch.read", json!({ "items": [seen] })),
        c("watch.remove", json!({ "watch": seen })),
        c(
            "resource.set",
            json!({ "resource": thing, "field": "place", "value": null }),
        ),
        c("resource.tag", json!({ "resource": thing, "tag": "forum" })),
        c(
            "resource.untag",
            json!({ "resource": thing, "tag": "transport" }),
        ),
        c(
            "resource.met",
            json!({ "resource": need, "on": "2026-11-21" }),
        ),
        c("resource.met", json!({ "resource": need, "off": true })),
        c(
            "loan.set",
            json!({ "resource": thing, "loan": loan, "field": "purpose", "value": "Le forum" }),
        ),
        c(
            "loan.move",
            json!({ "resource": thing, "loan": loan, "from": "2026-11-03", "until": "2026-11-21" }),
        ),
        c(
            "loan.back",
            json!({ "resource": thing, "loan": loan, "on": "2026-11-20" }),
        ),
        c(
            "loan.remove",
            json!({ "resource": thing, "loan": loan, "restore": false }),
        ),
        c("resource.remove", json!({ "resource": thing })),
        c("contribution.open", json!({})),
        c("contribution.close", json!({})),
        c("invite.endorse", json!({ "invitation": invitation })),
        c("invite.revoke", json!({ "invitation": invitation })),
        c(
            "mandate.give",
            json!({ "role": "secretary", "holder": me, "from": "2026-11-24", "to": "2027-11-24" }),
        ),
        c(
            "role.set",
            json!({ "role": "pilot", "field": "start", "value": "2026-01-01" }),
        ),
        c(
            "role.set",
            json!({ "role": "pilot", "field": "term", "value": "6 mois" }),
        ),
        c("rotation.turn", json!({ "role": "pilot", "member": me })),
        c("rotation.hand_over", json!({ "role": "pilot" })),
        c(
            "hand-over.page",
            json!({ "role": "pilot", "title": "Le pilotage" }),
        ),
        c(
            "feedback.set",
            json!({ "feedback": said, "text": "Un peu plus lentement" }),
        ),
        c(
            "feedback.objective",
            json!({ "thread": said, "title": "Ralentir", "deadline": "2027-01-01" }),
        ),
        c("feedback.remove", json!({ "feedback": said })),
        c(
            "filter.save",
            json!({ "filter": filter, "name": "Les miennes" }),
        ),
        c("filter.remove", json!({ "filter": filter })),
        c("history.undo", json!({})),
        c("history.redo", json!({})),
        c("rules.change", json!({ "removal": "two-thirds" })),
    ];
    let answers = ana.tries(&commands);
    for (command, answer) in commands.iter().zip(&answers) {
        assert!(answer["error"].is_null(), "{command}: {answer}");
    }
    // Those that need others, or end something.
    let passage = json!({ "state": ["ab".repeat(32)], "at": 0, "length": 3 });
    for (command, code) in [
        (c("member.remove", json!({ "member": me })), "act-yourself"),
        (
            c("member.readmit", json!({ "member": me, "device": device })),
            "no-case",
        ),
        (
            c("aside.adopt", json!({ "document": page, "device": device })),
            "nothing-aside",
        ),
        (c("mandate.end", json!({ "mandate": "x" })), "no-mandate"),
        (
            c(
                "swap.agree",
                json!({ "role": "pilot", "mine": "2027-01-01", "theirs": "2027-07-01", "with": me }),
            ),
            "swap-alone",
        ),
        (
            c(
                "passage.restore",
                json!({ "document": page, "passage": passage, "instead": passage }),
            ),
            "unknown-version",
        ),
        (
            c("member.return_offer", json!({ "member": me })),
            "act-yourself",
        ),
        // Here nobody is online.
        (json!({ "command": "device.link_offer" }), "needs-network"),
        (
            json!({ "command": "device.link_accept", "ticket": "x" }),
            "ticket-not-a-ticket",
        ),
        (
            json!({ "command": "device.link_confirm" }),
            "link-nothing-to-confirm",
        ),
        (
            json!({ "command": "net.meet", "at": "192.168.1.20:54321" }),
            "needs-network",
        ),
        (
            json!({ "command": "net.meet", "at": "chez moi" }),
            "reach-not-an-address",
        ),
    ] {
        assert_eq!(ana.may_not(command).code, code);
    }
    ana.does(json!({ "command": "device.link_cancel", "differs": true }));
    let last = ana.founds("Le dernier");
    ana.does(json!({ "command": "network.leave", "network": last }));
    let refusal = ana.may_not(json!({ "command": "purpose.add", "network": last, "text": "x" }));
    assert_eq!(refusal.code, "not-a-member");
    let other = ana.founds("Un autre");
    ana.does(json!({ "command": "device.revoke", "network": other, "device": device }));
    // Two that need more than a profile; bo stands in for whoever has none of Ana's networks.
    let refusal = bo.may_not(json!({ "command": "invite.accept", "ticket": "x" }));
    assert_eq!(refusal.code, "ticket-not-a-ticket");
    bo.does(json!({ "command": "demo.create", "lang": "en" }));

    // A network of one closes at once, and opens again.
    let ending = ana.founds("Qui finit");
    let e = |name: &str, rest| with(json!({ "command": name, "network": ending }), rest);
    let decided = ana.does(e("closing.decide", json!({})));
    ana.does(e("closing.continue", json!({ "until": "2090-01-01" })));
    let words = json!({ "outcome": "merged", "name": "La suite", "words": "Merci.",
        "decision": word(&decided["decision"]) });
    let closed = ana.does(e("closing.propose", words));
    assert_eq!(closed["closed"], true);
    ana.does(e("closing.archive", json!({})));
    ana.does(e("closing.reopen", json!({ "words": "Encore" })));
    let into = json!({ "outcome": "merged", "into": n });
    let closing = word(&ana.does(e("closing.propose", into))["closing"]);
    let consent = e("closing.consent", json!({ "closing": closing }));
    assert_eq!(ana.may_not(consent).code, "network-closed");
    let withdraw = e("closing.withdraw", json!({ "closing": closing }));
    assert_eq!(ana.may_not(withdraw).code, "act-no-consent");

    // A charter that says how it is decided upon, and a version that is.
    let voted = ana.founds("Qui vote");
    let v = |name: &str, rest| with(json!({ "command": name, "network": voted }), rest);
    ana.does(v(
        "charter.set",
        json!({ "field": "threshold", "value": ">=2/3" }),
    ));
    ana.does(v("charter.adopt", json!({})));
    ana.does(v("charter.edit", json!({ "text": "Nous.\n" })));
    let put = v(
        "version.put-to-vote",
        json!({ "closes": "2093-01-01T12:00:00Z" }),
    );
    assert_eq!(schema.accepts(&put), Ok(()));
    let put = ana.does(put);
    let record = v("version.record", json!({ "decision": put["decision"] }));
    assert_eq!(schema.accepts(&record), Ok(()));
    assert_eq!(ana.may_not(record).code, "nothing-adopted");

    let meetings = crate::meetings::one_of_every_command(&ana, n);
    let decisions = crate::deciding::one_of_every_command(&ana, n);
    let used: std::collections::BTreeSet<_> = commands
        .iter()
        .map(|command| command["command"].as_str().unwrap())
        .chain([
            "purpose.add",
            "value.add",
            "orientation.add",
            "measure.add",
            "check.add",
            "group.add",
            "own-objective.add",
            "feedback.add",
            "attachment.add",
            "contribution.add",
            "watch.add",
            "resource.add",
            "resource.lend",
            "swap.agree",
            "passage.restore",
            "objective.add",
            "indicator.add",
            "action.add",
            "invite.create",
            "invite.accept",
            "demo.create",
            "member.remove",
            "member.readmit",
            "aside.adopt",
            "mandate.end",
            "network.leave",
            "device.revoke",
            "member.return_offer",
            "device.link_offer",
            "device.link_accept",
            "device.link_confirm",
            "device.link_cancel",
            "net.meet",
            "closing.decide",
            "closing.continue",
            "closing.propose",
            "closing.consent",
            "closing.archive",
            "closing.reopen",
            "closing.withdraw",
            "version.put-to-vote",
            "version.record",
        ])
        .chain(meetings.iter().chain(&decisions).map(String::as_str))
        .collect();
    assert_eq!(
        used,
        schema.names(),
        "one of every command is tried, and there are no others"
    );

    for wrong in [
        json!({}),
        json!({ "command": "rule.the.world" }),
        json!({ "command": "value.add", "network": n }),
        json!({ "command": "value.add", "network": n, "text": 3 }),
        json!({ "command": "value.add", "network": n, "text": "x", "colour": "red" }),
        json!({ "command": "passage.restore", "network": n, "document": page,
            "passage": { "state": [], "at": 0, "length": 1, "colour": "red" } }),
        json!({ "command": "invite.create", "network": n, "uses": -1, "expires_in": 3600 }),
        json!({ "command": "action.set", "network": n, "action": action, "field": "smell",
            "value": "x" }),
    ] {
        assert!(schema.accepts(&wrong).is_err(), "{wrong}");
    }
    ana.is_sound();
}

#[test]
fn commands_that_name_what_is_not_there_are_refused_and_make_nothing() {
    let ana = Peer::named("Ana");
    let network = ana.founds("Atelier");
    let elsewhere = ana.founds("Ailleurs");
    let foreign = ana.writes_page(&elsewhere, "Page d'ailleurs", "Mots.\n");
    let before = ana.digest(&network);
    let no_page = "page-aaaaaaaaaaaaaaaaaaaaaaaaaa";
    let plan = before["documents"].as_object().unwrap().keys();
    let plan = plan.clone().find(|doc| doc.starts_with("plan-")).unwrap();
    for page in [no_page, &foreign, plan] {
        for command in [
            json!({ "command": "page.edit", "network": network, "page": page, "text": "x" }),
            json!({ "command": "page.edit", "network": network, "page": page, "at": 0,
                "insert": "x" }),
            json!({ "command": "page.set", "network": network, "page": page, "field": "title",
                "value": "x" }),
            json!({ "command": "page.tag", "network": network, "page": page, "tag": "x" }),
            json!({ "command": "page.remove", "network": network, "page": page }),
            json!({ "command": "page.open", "network": network, "page": page }),
        ] {
            let refusal = ana.may_not(command.clone());
            assert_eq!(refusal.code, "no-page", "{command}: {refusal:?}");
        }
    }
    let item = ana.does(json!({ "command": "action.add", "network": elsewhere, "title": "x" }));
    let item = &item["action"];
    for command in [
        json!({ "command": "action.set", "network": network, "action": item, "field": "title",
            "value": "x" }),
        json!({ "command": "action.remove", "network": network, "action": item }),
        json!({ "command": "purpose.set", "network": network, "purpose": item, "text": "x" }),
        json!({ "command": "objective.remove", "network": network, "objective": item }),
        json!({ "command": "indicator.add", "network": network, "objective": item, "name": "x" }),
    ] {
        let refusal = ana.may_not(command.clone());
        assert_eq!(refusal.code, "not-found", "{command}: {refusal:?}");
    }
    let beyond = json!({ "command": "charter.edit", "network": network, "at": 99_999,
        "insert": "x" });
    let refusal = ana.may_not(beyond);
    assert_eq!(refusal.code, "out-of-bounds", "{refusal:?}");
    assert_eq!(ana.digest(&network), before);
    ana.is_sound();
}
