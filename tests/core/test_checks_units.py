"""Figures and what they measure."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.figures.units import has_same_units


@pytest.mark.parametrize(
    ("claim", "quote", "are_same"),
    [
        ("It is 5 km long.", "It is 5 kilometres long.", True),
        ("It is 5 miles long.", "It is 5 kilometres long.", False),
        ("It is 5 miles long.", "It is 5 long.", True),
        ("It is 5 miles long.", "It is 8 kilometres long.", True),
        ("It is 5 miles long.", "It is 5 miles or 5 kilometres long.", True),
        ("It is five miles long.", "It is 5 kilometres long.", False),
        ("It is a 5-mile walk.", "It is a walk of 5 miles.", True),
        ("It cost 1,000 euros.", "It cost 1000 dollars.", False),
        ("It took 5 hours.", "It took 5, hours later.", True),
        ("It has 12.5 km.", "It has 2.5 miles.", True),
        ("It is 120 m high.", "It is 120 metres high.", True),
        ("It is 50 feet deep.", "It is 50 metres deep.", False),
        ("It holds 5 litres.", "It holds 5 gallons.", False),
        ("It weighs 5 g.", "It weighs 5kg.", False),
        ("It weighs 5 kilos.", "It weighs 5kg.", True),
        ("It makes 400 kW.", "It makes 400 MW.", False),
        ("It does 100 mph.", "It does 100 km/h.", False),
        ("It has 40 acres.", "It has 40 hectares.", False),
        ("It is 3 square kilometres.", "It is 3 km² large.", True),
        ("It cost $20.", "It cost €20.", False),
        ("It cost 20 dollars.", "It cost US$20.", True),
        ("It cost 20 euros.", "It cost EUR 20.", True),
        ("It cost 20 euros.", "It cost $20, or 20 euros.", True),
        ("It cost $20m.", "It cost €20 million.", False),
        ("It cost 5 pounds.", "It cost £5.", True),
        ("It weighs 5 pounds.", "It weighs 5 lb.", True),
        ("It cost 50 cents.", "It cost 50 dollars.", False),
        ("It was 21 degrees Celsius.", "It was 21C.", True),
        ("It was 21°F.", "It was 21C.", False),
        ("It rose by 5 percent.", "It rose by 5 percentage points.", False),
        ("It rose by 5 per cent.", "It rose by 5%.", True),
        ("It rose by 5%.", "It rose by 5 or 6 per cent.", True),
        ("It took 45 weeks.", "It took 45 years.", False),
        ("It took 45 people.", "It took 45 years.", True),
        ("It lasts 90 minutes.", "It lasts 90 minutes, 30 hours a month.", True),
        ("It does 100 mph.", "It does 100 kilometres per hour.", False),
        ("It does 100 km/h.", "It does 100 kilometres per hour.", True),
        ("It used 100 kWh.", "It used 100 megawatt-hours.", False),
        ("It used 100 MWh.", "It used 100 megawatt-hours.", True),
        ("It makes 100 megawatts.", "It makes 100 MW.", True),
        ("It is 100 kilometres long.", "It is 100 km long.", True),
        ("It cost 500 yuan.", "It cost ¥500.", True),
        ("It cost 500 yen.", "It cost ¥500.", True),
        ("It cost ¥500.", "It cost 500 yuan.", True),
        ("It cost $500.", "It cost ¥500.", False),
        ("It cost 12 pounds.", "It cost €12.", False),
        ("It cost 12 pounds.", "It cost £12.", True),
        ("It weighs 12 pounds.", "It weighs 12 kilograms.", False),
        ("It weighs 12 pounds.", "It weighs 12 lbs.", True),
        ("Take 50 micrograms.", "Take 50 milligrams.", False),
        ("Take 5 µg.", "Take 5 mg.", False),
        ("Take 5 μg.", "Take 5 micrograms.", True),
        ("Add 2 tablespoons.", "Add 2 teaspoons.", False),
        ("It needs 4 megabytes.", "It needs 4 GB.", False),
        ("It needs 4 gigabytes.", "It needs 4 GB.", True),
        ("Reed led it for 10 years.", "Reed led it from 2005 to 2015, and left 10 days after the sale.", True),
        ("Reed led it for 10 years.", "Reed led it from 2005 to 2014, and left 10 days after the sale.", False),
        ("Reed led it for 10 weeks.", "Reed led it from 2005 to 2015, and left 10 days after the sale.", False),
        ("It took 2 years.", "It took 24 months, and 2 months more to paint.", True),
        ("It took 2 years.", "It took 20 months, and 2 months more to paint.", False),
    ],
)
def test_a_figure_keeps_its_unit(claim: str, quote: str, *, are_same: bool) -> None:
    assert has_same_units(claim, [QuotedSource(quote)]) is are_same
