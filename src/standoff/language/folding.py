"""One clause, one claim: figures joined to their event, its nouns and verbs folded, bare re-mentions left out."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from standoff.language import coreference, counts, frames, parties, syntax
from standoff.language.arguments import LOCATIVE, Arguments
from standoff.language.event import Event, keys_of, of_known, union
from standoff.language.grammar import listed
from standoff.language.syntax import any_of
from standoff.model import Mention, Party

FALLING = listed("falling")
"""What is fired does."""
SURGES = listed("surges")
AFTER = frozenset("after following amid since despite before over because due until during".split())


class _Blows:
    """The attacks of a document by the sentences that have a word of theirs: what is folded together stands in one."""

    def __init__(self, found: list[Event]) -> None:
        self._there: dict[int, list[Event]] = {}
        for event in found:
            if event.event == "ASSAULT":
                for start in dict.fromkeys(syntax.sentence(t)[0] for t in (event.trigger, *event.anchors)):
                    self._there.setdefault(start, []).append(event)

    def near(self, event: Event) -> list[Event]:
        """Those that have a word in the event's sentence, in their order."""
        return self._there.get(syntax.sentence(event.trigger)[0], [])


class Folding(Arguments):
    """Turns what was read word by word into one event a clause."""

    def __init__(self, doc: Doc) -> None:
        super().__init__(doc)
        self.losses: dict[int, list[counts.LossCount]] = {}
        for span in doc.spans.get(counts.KEY, []):
            loss = span._.quantity
            if loss is not None:
                self.losses.setdefault(loss.governor, []).append(loss)

    def attach_counts(self, found: list[Event]) -> list[Event]:
        """Give every figure to the event whose word governs it; a figure without one is an event by itself."""
        for governor, losses in sorted(self.losses.items()):
            token = self.doc[governor]
            event = self._event_at(found, token)
            if event is None:
                event = self.loss_event(token, losses)
                if event is None:
                    continue
                found.append(event)
            event.counts.extend(losses)
            if event.event == "ASSAULT" and not event.recipients and not event.reciprocal:
                # "killed between 10 and 15 Ukrainian soldiers": the parse has no object, the figure has.
                for loss in losses:
                    if loss.victim is not None and not event.recipients:
                        noun = self.doc[loss.victim]
                        event.recipients = self.target(noun, self.speakers(token))
                        event.recipients = self.not_their_own(noun, event.actors, event.recipients)
        return found

    def _event_at(self, found: list[Event], token: Token) -> Event | None:
        best = next(
            (e for e in found if token.i == e.trigger.i and e.event in {"ASSAULT", "COERCE", "RETREAT", "SANCTION"}),
            None,
        )
        if best is not None:
            return best
        return next((e for e in found if any(a.i == token.i for a in e.anchors) and not e.speech), None)

    def loss_event(self, token: Token, losses: list[counts.LossCount]) -> Event | None:
        """ "The toll rose to 31", "left 31 dead", "12 bodies were found": losses told without a verb of force."""
        kinds = {loss.kind.value for loss in losses}
        if kinds <= {"missing", "displaced"}:
            return None
        speaker = self.speakers(token)
        event = Event(
            token,
            "COERCE" if kinds <= {"arrested"} else "ASSAULT",
            ("arrest",) if kinds <= {"arrested"} else (),
            anchors=[token],
            rule="figure",
        )
        verb = token
        for _ in range(4):
            if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
                break
            verb = verb.head
        subj = syntax.doer(verb) if verb.pos_ in {"VERB", "AUX"} else None
        if subj is not None and frames.noun_frame(frames.content_noun(subj)) is not None:
            event.actors = self.noun_actor(frames.content_noun(subj), speaker)
            event.anchors.append(frames.content_noun(subj))
        for loss in losses:
            if loss.victim is not None and not event.recipients:
                event.recipients = self.target(self.doc[loss.victim], speaker)
                if subj is not None and verb.lemma_.lower() in listed("losing"):
                    event.recipients = self.lost_by(subj, loss.victim, speaker) or event.recipients
        if not event.recipients:
            event.recipients = self.place_party(verb, None)
        event.modes = self.modes(verb, None, None)
        self.extent(event)
        return event

    def lost_by(self, owner: Token, victim: int, speaker: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """ "Russia had lost 900 soldiers": they are Russia's, unless the words say whose they are."""
        noun = self.doc[victim]
        owners = [m.party for m in self.parties(owner, speaker) if len(m.party.code) == 3 and m.party.code != "UNK"]
        if len(owners) != 1 or any(parties.name_at(t) is not None for t in noun.subtree):
            return ()
        role = coreference.role_of(noun)
        sectors = (role.sector,) if role is not None and role.sector else ("MIL",)
        return (coreference.mention(Party(owners[0].code, sectors, owners[0].name), self.doc, noun.i, noun.i + 1),)

    def merge(self, found: list[Event]) -> list[Event]:
        """One clause, one claim for each event type (GOLD rules 9 and 13): fold nouns and loss verbs into their event."""
        found.sort(key=lambda e: e.trigger.i)
        dropped: set[int] = set()
        at: dict[int, list[Event]] = {}
        for event in found:
            at.setdefault(event.trigger.i, []).append(event)
        blows = _Blows(found)
        for event in found:
            if event.speech and not event.noun and event.trigger.dep_ == "conj":
                # "violated the truce and jeopardised the talks" is one judgement.
                beside = at.get(event.trigger.head.i, ())
                twin = next((e for e in beside if e.event == event.event and e.rule == event.rule), None)
                if (
                    twin is not None
                    and keys_of(twin.actors) == keys_of(event.actors)
                    and (not event.recipients or keys_of(event.recipients) == keys_of(twin.recipients))
                ):
                    dropped.add(id(event))
                    continue
            if event.speech and event.event in {"ACCUSE", "REJECT", "THREATEN", "SUPPORT"}:
                if any(
                    e is not event
                    and e.event == event.event
                    and keys_of(e.actors) == keys_of(event.actors)
                    and e.start <= event.trigger.i < e.end
                    for above in event.trigger.ancestors
                    for e in at.get(above.i, ())
                ):
                    dropped.add(id(event))
                    continue
            if event.noun and self._said_by_verb(event, at.get(event.trigger.head.i, ())):
                dropped.add(id(event))
            if event.event != "ASSAULT" or id(event) in dropped:
                continue
            host = self._host(event, [e for e in blows.near(event) if id(e) not in dropped and e is not event])
            if host is None:
                continue
            self.fold(host, event)
            dropped.add(id(event))
        return [e for e in found if id(e) not in dropped]

    @staticmethod
    def _said_by_verb(event: Event, above: Iterable[Event]) -> bool:
        """ "Launched a cyber attack", "lifted the blockade": what the noun names is part of another act."""
        verb = event.trigger.head
        return event.trigger.dep_ in {"dobj", "obj"} and any(
            e.trigger.i == verb.i and e.event != event.event and e.frame is not None and e.frame.objects for e in above
        )

    def _host(self, event: Event, others: list[Event]) -> Event | None:
        token = event.trigger
        by_token = {a.i: e for e in others for a in e.anchors}
        if event.noun:
            # "strikes killed", "were killed in strikes", "launched strikes on".
            if token.dep_ in {"nsubj", "nsubjpass", "dobj", "obj"} or (
                token.dep_ == "conj" and token.head.i in by_token
            ):
                head = token.head
                if token.dep_ != "conj" and head.i in by_token:
                    return by_token[head.i]
                if token.dep_ == "conj" and by_token[head.i].noun:
                    return by_token[head.i]
            if token.dep_ == "pobj" and token.head.lower_ in any_of("in by during from with through as via of"):
                above = token.head.head
                if above.pos_ == "ADV":
                    above = above.head  # "were killed altogether in the strikes"
                if above.i in by_token:
                    return by_token[above.i]
            for other in others:
                if not other.noun and (subj := syntax.subject(other.trigger)) is not None and subj.i == token.i:
                    return other
            for c in token.children:
                if c.dep_ in {"relcl", "acl"} and c.i in by_token:
                    return by_token[c.i]
            return None
        head = token.head
        for other in others:
            if (
                other.frame is not None
                and other.frame.foil
                and token.dep_ == "acl"
                and token.head.i in {t.i for t in other.trigger.subtree}
                and token.head.dep_ in {"dobj", "obj", "nsubjpass", "conj"}
            ):
                return other
        if event.counts and token.tag_ == "VBG" and (before := self._same_blow(event, others)) is not None:
            return before
        if token.dep_ in {"relcl", "acl"} and frames.noun_frame(head) is not None:
            # "A strike it carried out on Monday killed ten", "were killed in the blasts that took out the commanders"
            if head.dep_ in {"nsubj", "nsubjpass"} and head.head.i in by_token:
                return by_token[head.head.i]
            if head.dep_ == "pobj" and head.i in by_token and head.head.head.i in by_token:
                return by_token[head.head.head.i]
        if token.dep_ == "conj" and token.lemma_.lower() in FALLING and head.i in by_token:
            if syntax.child(token, "nsubj", "nsubjpass") is None:
                return by_token[head.i]  # "two shells were fired from Gaza and landed in a field in Israel"
        if (
            token.dep_ in {"xcomp", "advcl"}
            and token.tag_ == "VB"
            and head.lemma_.lower() in {"use", "employ"}
            and head.i in by_token
        ):
            return by_token[head.i]  # "used a laser to target the aircraft"
        loss = (event.frame is not None and event.frame.loss) or event.rule == "figure" or bool(event.counts)
        if loss:
            # "The attack left 100 people dead and 400 wounded": all of it hangs on "left".
            for above in list(token.ancestors)[:3]:
                if above.lemma_.lower() == "leave" and above.i in by_token and above.sent == token.sent:
                    return by_token[above.i]
        damage = token.lemma_.lower() in listed("damaging")
        if token.dep_ in any_of("conj advcl xcomp acl relcl dep") and head.i in by_token:
            host = by_token[head.i]
            destroyed = any(c.kind.value == "destroyed" for c in event.counts + host.counts)
            if token.dep_ == "conj" and host.frame is not None and host.frame.foil:
                # "Repelled the attack and killed dozens of fighters": a blow of the defender's own.
                return None
            if token.dep_ == "conj":
                both_losses = bool(event.counts and host.counts) and not destroyed
                if syntax.child(token, "nsubj", "nsubjpass") is None or not event.counts or both_losses:
                    if (loss or damage) and not (destroyed and event.counts and host.counts):
                        return host if self._compatible(host, event) else None
                return None
            if token.dep_ in {"advcl", "xcomp"} and token.tag_ == "VBG" and (loss or damage):
                return host
            if token.dep_ in {"relcl", "acl"} and (loss or damage) and not host.noun:
                return host
        if token.dep_ == "pcomp" and head.lower_ in {"in", "by", "while"} and head.head.i in by_token:
            return by_token[head.head.i]
        if token.dep_ == "relcl" and loss:
            # "An attack in the Pahalgam area of Kashmir, where 24 tourists were killed"
            for above in head.ancestors:
                if (
                    above.i in by_token
                    and any(a.i == above.i for a in by_token[above.i].anchors)
                    and above.pos_ == "NOUN"
                ):
                    return by_token[above.i]
                if above.pos_ in {"VERB", "AUX"}:
                    break
        if event.counts and not event.noun:
            earlier = self._list_before(event, others)
            if earlier is not None:
                return earlier
        suffered = by_token[head.i] if token.dep_ == "advcl" and head.i in by_token else None
        themselves = any(m.text.lower() in {"they", "it"} for m in event.actors)
        themselves = themselves and suffered is not None and bool(keys_of(event.actors) & keys_of(suffered.recipients))
        if suffered is not None and not event.counts and suffered.counts and not themselves:
            # "Twelve people were killed when the militia attacked the village", "... when a mine exploded"; but not
            # "18 rebels were captured after they attacked".
            if any(c.lower_ in {"when", "as", "after"} for c in token.children) and not by_token[head.i].actors:
                return by_token[head.i]
        if event.counts and not event.actors:
            # "killed 31 civilians, injured 57 others": a list that the parser broke.
            for other in others:
                gap = self.doc[other.end : token.i] if 0 <= token.i - other.end <= 3 else None
                if (
                    (
                        gap is not None
                        and other.counts
                        and other.trigger.sent == token.sent
                        and self._compatible(other, event)
                    )
                    and all(t.is_punct or t.lower_ in {"and", "also"} for t in gap)
                    and not any(c.kind.value == "destroyed" for c in event.counts)
                ):
                    return other
        return None

    def _same_blow(self, event: Event, others: list[Event]) -> Event | None:
        """ "Claiming the lives of four, three of them of one family, and injuring seven": those killed injured nobody."""
        doers = [m.span for m in event.actors]
        for other in reversed(others):
            if other.trigger.sent != event.trigger.sent or other.trigger.i > event.trigger.i or not other.counts:
                continue
            if any(m.span.overlaps(span) for m in other.recipients for span in doers) and self._compatible(
                other, event
            ):
                return other
        return None

    def _list_before(self, event: Event, others: list[Event]) -> Event | None:
        """The loss told just before in one list: "two dead and two wounded", "22 were killed and hundreds injured"."""
        token = event.trigger
        for other in others:
            if (
                not 0 < token.i - other.trigger.i <= 11
                or not other.counts
                or other.trigger.sent != token.sent
                or not self._compatible(other, event)
            ):
                continue
            if any(c.kind.value in {"destroyed", "displaced"} for c in (*event.counts, *other.counts)):
                continue
            between = self.doc[other.trigger.i + 1 : token.i]
            if len(between) > 10 or any(
                t.pos_ == "VERB" or t.text == ";" or t.lower_ in {"while", "but"} for t in between
            ):
                continue
            if keys_of(event.actors) and keys_of(other.actors) and keys_of(event.actors) != keys_of(other.actors):
                continue
            return other
        return None

    @staticmethod
    def _compatible(host: Event, event: Event) -> bool:
        return not {c.kind for c in host.counts} & {c.kind for c in event.counts}

    def fold(self, host: Event, event: Event) -> None:
        """Take over what the folded event knows and the host does not."""
        if not host.actors and event.actors:
            host.actors = event.actors
        if event.noun and event.actors and not event.reciprocal and not host.noun:
            named = of_known(event.actors)
            # "Launched a sniper attack": what kind of attack, no other attacker.
            if not keys_of(host.actors) or any(parties.name_at(t) for m in named for t in self.tokens_of(m)):
                host.actors = named or host.actors
        falls = event.trigger.lemma_.lower() in FALLING and event.trigger.dep_ == "conj" and not host.counts
        if falls and keys_of(event.recipients):
            host.recipients = event.recipients
        elif not keys_of(host.recipients) or (event.counts and not host.counts and event.recipients):
            # The victims say whose people it was, the object what was struck.
            same = keys_of(host.recipients) <= keys_of(event.recipients)
            struck = tuple(m for m in host.recipients if same and m not in event.recipients)
            host.recipients = (*event.recipients, *struck) or host.recipients
        host.modes = tuple(dict.fromkeys((*host.modes, *event.modes)))
        host.anchors.extend(event.anchors)
        known = {(c.kind, c.low, c.high) for c in host.counts}
        host.counts.extend(c for c in event.counts if (c.kind, c.low, c.high) not in known)
        host.targets = host.targets or event.targets
        host.start, host.end = min(host.start, event.start), max(host.end, event.end)

    def without_mentions(self, found: list[Event]) -> list[Event]:
        """Leave out bare re-mentions of what is told elsewhere (GOLD rule 10)."""
        kept: list[Event] = []
        told: list[Event] = []
        for event in sorted(found, key=lambda e: e.trigger.i):
            if self._asked_not_told(event):
                continue
            if self._echo(event, found):
                continue
            if event.rule == "figure" and all(c.vague for c in event.counts) and not event.actors:
                continue
            if event.event in {"ASSAULT", "COERCE", "PROTEST", "CONSULT"} and not event.counts:
                if event.noun and not self._worth_telling(event, told):
                    continue
                if not event.noun and self._background(event, told):
                    continue
            kept.append(event)
            told.append(event)
        return kept

    @staticmethod
    def _echo(event: Event, found: list[Event]) -> bool:
        """A participle of loss beside the event that carries the figures: "left 100 people killed and 400 wounded"."""
        loss = event.frame is not None and event.frame.loss
        if not loss or event.counts or event.actors or event.trigger.tag_ != "VBN":
            return False
        if any(c.dep_ == "auxpass" for c in event.trigger.children):
            return False
        return any(
            e is not event
            and e.counts
            and abs(e.trigger.i - event.trigger.i) < 12
            and e.trigger.sent == event.trigger.sent
            for e in found
        )

    @staticmethod
    def _asked_not_told(event: Event) -> bool:
        """ "Did not say how many people were killed": nothing is told."""
        token = event.trigger
        for c in token.subtree:
            if (
                c.lower_ == "how"
                and c.i + 1 < len(token.doc)
                and token.doc[c.i + 1].lower_ in {"many", "much"}
                and c.i < token.i
            ):
                return True
        return False

    def _worth_telling(self, event: Event, told: list[Event]) -> bool:
        token = event.trigger
        there = syntax.child(token.head, "expl") is not None
        if token.dep_ == "attr" and token.head.lemma_ == "be" and not there:
            subj = syntax.child(token.head, "nsubj")
            return subj is not None and (frames.noun_frame(subj) is not None or subj.lower_ in {"it", "this", "that"})
        known = [m for m in (*event.actors, *event.recipients) if m.party.code != "UNK"]
        if event.reciprocal and not known and event.event == "ASSAULT":
            # "Fierce battles were raging": the sides are those the text last told of.
            last = next(
                (
                    e
                    for e in reversed(told)
                    if e.event == "ASSAULT" and len(keys_of(e.actors) | keys_of(e.recipients)) > 1
                ),
                None,
            )
            if last is None:
                return False
            event.actors = union(last.actors, last.recipients)
            return True
        if not known:
            return False
        det = next((c.lower_ for c in token.children if c.dep_ in {"det", "poss"}), "")
        definite = det in any_of("the that this these those such") or any(c.dep_ == "poss" for c in token.children)
        if event.reciprocal:
            return not any(e.event == event.event and keys_of(e.actors) == keys_of(event.actors) for e in told)
        above = token.head
        while above.lower_ in {"of", "in"} and above.head.lemma_.lower() in SURGES:
            above = above.head.head  # "following a surge in violence"
        in_background = token.dep_ == "pobj" and above.lower_ in AFTER
        actors = keys_of(event.actors)
        repeated = any(
            e.event == event.event and (not actors or keys_of(e.actors) & actors or not e.actors) for e in told
        )
        has_time = any(True for s in self.doc.spans.get("standoff_times", []) if event.start <= s.start < event.end)
        if in_background and (repeated or not has_time):
            return False
        if repeated and (definite or not has_time):
            return False
        explicit_actor = bool(actors)
        explicit_target = any(p.lower_ in {"on", "against"} for p, _ in syntax.prepositional(token))
        if explicit_actor or has_time:
            return True
        # "An explosion at a mosque": told for the first time, with its own place.
        own_place = any(p.lower_ in LOCATIVE for p, _ in syntax.prepositional(token))
        return not definite and (explicit_target or (own_place and not in_background))

    def _background(self, event: Event, told: list[Event]) -> bool:
        """A verb of force in a subordinate aside that adds nothing: "after suffering losses"."""
        token = event.trigger
        if token.dep_ == "pcomp" and token.head.lower_ in AFTER:
            return True
        loss = event.frame is not None and event.frame.loss
        if (
            loss
            and token.dep_ == "relcl"
            and not event.actors
            and syntax.agent(token) is None
            and frames.noun_frame(token.head) is None
        ):
            return True
        if not event.actors and not event.recipients:
            return not loss and syntax.agent(token) is None
        return False
