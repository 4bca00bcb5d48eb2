"""The dictionary form of irregular verbs, where a form has no other meaning."""

from __future__ import annotations

_VERBS = """
arise arose arisen|awake awoke|become became|begin began begun|bend bent|blow blew blown|break broke broken
bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|deal dealt|draw drew drawn
drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|flee fled
fly flew flown|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten
give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden|hold held|keep kept|kneel knelt
know knew known|lead led|lend lent|lose lost|make made|mean meant|meet met|overcome overcame|overtake overtook overtaken
pay paid|prove proven|ride rode ridden|rise rose risen|run ran|say said|see seen|seek sought|sell sold|send sent
shake shook shaken|shoot shot|shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|speak spoke spoken
spend spent|stand stood|steal stole stolen|strike struck|swear swore sworn|sweep swept|swim swam|take took taken
teach taught|tear torn|tell told|think thought|throw threw thrown|undertake undertook undertaken|understand understood
wake woke woken|wear wore worn|weep wept|win won|withdraw withdrew withdrawn|write wrote written
"""
BASE_FORMS = {
    form: base
    for verb in _VERBS.replace("\n", "|").split("|")
    if verb
    for base, *forms in [verb.split()]
    for form in forms
}
"""took -> take."""
