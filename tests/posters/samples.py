"""Believable posters for the tests: no real person, no real place."""

from dataclasses import replace

from posters.content import PosterContent, PosterSection
from posters.sections import highlighted, sections_for

TEXTS = {
    "pictures": "Tavla på vaktrommet, der alle ser hvem som ventes hjem.",
    "team": "Teamleder, fagsykepleier i hjemmetjenesten\nErgoterapeut, hverdagsrehabilitering\nBrukerrepresentant",
    "anchoring": "Kommunalsjef for helse og omsorg, 3. februar",
    "interviewed": "14 brukere hjemme\n6 pårørende\n3 pasienter på sykehuset",
    "matters": "Å vite hvem som kommer, og når\nÅ slippe å fortelle historien sin på nytt\nAt noen ringer",
    "learned": "De fleste var trygge på sykehuset, men utrygge den første natta hjemme.\nDe pårørende ordnet mest.",
    "expect": "Om halvannet år skal ingen komme hjem uten at noen venter.",
    "patient_group": "Hjemmeboende over 65 år som skrives ut med nye behov, om lag 220 i året.",
    "needs": "Én avtale om hvem som ringer først\nHjelpemidler på plass\nLegemiddelliste som stemmer",
    "goals": "90 % får besøk innen tre dager, innen 1. juni\n≥ 80 % er hos fastlegen innen 14 dager",
    "effect_goals": "Brukeren er likeverdig i forløpet\nKommune og sykehus er partnere",
    "involved": "Sykehuset, fastlegene, begge soner, tildelingskontoret og eldrerådet.",
    "checklists": "HPH1 forberede hjemkomst\nHPH2 oppfølging innen tre dager",
    "changes": "Fast telefon kl. 9 dagen etter hjemkomst\nTavle med alle som er ventet hjem",
    "measures": "62 % → 81 % fikk besøk innen tre dager\nDe to siste månedene ligger over midtlinja.",
    "changed_for_user": "Sykepleieren ringer dagen etter hjemkomst og kommer innen tre dager.",
    "results": "88 % får besøk innen tre dager\n71 % er hos fastlegen innen 14 dager\n97 % blir spurt",
    "routine": "Telefon kl. 9 dagen etter hjemkomst\nTavlemøte hver morgen",
    "obstacles": "Når den faste er borte, glipper telefonen.",
    "help": "Hvordan får dere fastlegene med?",
    "spread": "Sone Vest begynner i september.",
    "owner": "Avdelingsleder i hjemmetjenesten.",
    "advice": "Begynn med én bruker og én telefon.",
}


def poster(gathering: int = 2, **texts: str) -> PosterContent:
    """A filled poster for one of four gatherings; `texts` replaces or, when empty, removes sections."""
    words = {section.key: {**TEXTS, **texts}[section.key] for section in sections_for(gathering)}
    lifted = highlighted(section for section in sections_for(gathering) if words[section.key])
    return PosterContent(
        title="Trygt hjem fra sykehuset",
        team="Team Fjordbyen",
        organisation="Fjordbyen kommune",
        network="Læringsnettverk Gode pasientforløp, Sørfylket",
        gathering=f"Samling {gathering}",
        date="9.–10. juni 2026",
        sections=tuple(
            PosterSection(
                key=section.key,
                heading=section.named("nb"),
                text=words[section.key],
                kind=section.kind,
                slot=section.slot,
                tone="key" if section.key == lifted else section.tone,
            )
            for section in sections_for(gathering)
        ),
        step=gathering,
        steps=4,
    )


def only(*keys: str, title: str = "Trygt hjem fra sykehuset") -> PosterContent:
    """A poster for the first gathering with just these sections filled."""
    whole = poster(1)
    return replace(whole, title=title, sections=tuple(s for s in whole.sections if s.key in keys))
