"""More constructions, by family: each row is a text of our own and what must be read from it (see test_constructions).

The events are made up for the grammar's sake, with sides from many conflicts, so that no rule can know them.
"""

from __future__ import annotations

Row = tuple[str, str]

WHO_SAYS: list[Row] = [
    # Whom a deed falls on is not who is condemned for it; the second of two demonyms is no second state.
    (
        "Gunmen from Chad attacked a Sudanese post on Monday. Libya condemned the killing of a Sudanese policeman.",
        "- ACCUSE LBY>TCD-REB",
    ),
    ("Dozens of Serb gunmen killed a Kosovar Albanian police officer.", "- ASSAULT SRB-REB>XKX killed=1-1"),
    (
        "Serb gunmen stormed a monastery, setting off gunbattles that left three assailants dead.",
        "- ASSAULT ->SRB-REB killed=3-3",
    ),
    (
        "The Ministry of Foreign Affairs on Sunday said it condemns in the strongest terms Cambodia for shelling Thai communities.",
        "* ACCUSE THA>KHM",
    ),
    (
        "Colonel Getnet Adane, Ethiopia’s military spokesman, said only fighters, not civilians, had been hit.",
        "ETH ASSAULT ->*",
    ),
    # Whose attempt, whose ship, whose spokesman.
    (
        "Saudi naval forces foiled an attempted attack on a ship in the Red Sea on Monday by the Iran-aligned Houthis.",
        "- ASSAULT YEM-REB>SAU attempted",
    ),
    (
        "Two sailors were killed on Monday in a suicide attack by Houthi militiamen on a Saudi frigate.",
        "- ASSAULT YEM-REB>SAU killed=2-2",
    ),
    ("Colombia blamed the ELN for an attack that killed two soldiers.", "COL ASSAULT COL-REB>COL killed=2-2"),
    (
        "The North Korean Defense Ministry denounced the drills.\n\n“US forces in South Korea struck our islet,” the spokesman said.",
        "PRK ASSAULT USA>*",
    ),
    (
        "The ELN and the government agreed to resume talks that were stalled after an attack that killed three soldiers.",
        "- ASSAULT ->COL killed=3-3",
    ),
    # Whose forces, and what is said with words or with shells.
    ("A school in Thailand was shelled by Cambodian armed forces.", "- ASSAULT KHM>THA"),
    ("It is the M23 that has massacred civilians, the Congolese army said.", "COD ASSAULT COD-REB>COD"),
    (
        "The Congolese army bombed a village. “They did not attack any base, they attacked only houses,” said M23 leader Bertrand "
        "Bisimwa.",
        "COD-REB ASSAULT COD>*",
    ),
    ("Sudan: RSF drone strikes kill dozens in El Fasher", "- ASSAULT SDN-REB>SDN"),
    (
        "Sudanese activists accused the Rapid Support Forces of killing 22 people. The paramilitary force denied the allegations.",
        "- REJECT SDN-REB>*",
    ),
    (
        "The El Fasher Resistance Committees said an RSF drone strike killed eight people.",
        "SDN ASSAULT SDN-REB>SDN killed=8-8",
    ),
    ("Ugandan officials alleged on Facebook that Rwandan troops had shelled a village.", "- ACCUSE UGA>RWA"),
    ("The Congolese army spokesman said Wednesday's military strikes targeted M23 bases.", "COD ASSAULT COD>COD-REB"),
    # A cue amid a sentence, and whose words come after it.
    (
        "A Myanmar military airstrike on a village killed ten civilians, locals and media reports said on Wednesday.",
        "MMR ASSAULT MMR>MMR killed=10-10",
    ),
    (
        "Four people were killed in Mekele, a hospital official said, as the government denied claims that it had targeted civilians.",
        "ETH ASSAULT ->ETH killed=4-4\n- REJECT ETH>*",
    ),
    (
        "The Sudanese army killed 19 people in an air attack on a camp, the militia said, as the junta presses on with operations to "
        "recover territory it lost last year.",
        "SDN-REB ASSAULT SDN>SDN killed=19-19",
    ),
    (
        "Armenia’s Defense Ministry dismissed an Azerbaijani statement saying that the Armenian military had shelled Nakhchivan.",
        "- REJECT ARM>AZE\nAZE ASSAULT ARM>*",
    ),
    (
        "The Armenian Defense Ministry said a skirmish took place on Monday, claiming Azerbaijani forces shelled Yeraskh.",
        "ARM ASSAULT AZE>ARM",
    ),
    (
        "Azerbaijan's Defense Ministry said the clashes were started by Armenia and denied any casualties among its troops.",
        "- REJECT AZE>*",
    ),
    # Who a place's office, a bare strike and "they" belong to.
    ("The mayor of Lutsk said 11 people were killed by Russian shelling.", "UKR ASSAULT RUS>UKR killed=11-11"),
    ("The governor of Tillaberi said gunmen killed 12 people.", "NER ASSAULT *>NER killed=12-12"),
    (
        "Sudanese jets bombed a market in El Fasher, killing 12. Eight people were wounded in the attack.",
        "- ASSAULT SDN>SDN killed=12-12\n- ASSAULT SDN>SDN injured=8-8",
    ),
    ("Myanmar military air strikes in northern Shan state killed 11 civilians.", "- ASSAULT MMR>MMR killed=11-11"),
    ("Armenia has pledged to retaliate against any Azerbaijani attack.", "- THREATEN ARM>AZE"),
    (
        'Pakistan on Tuesday summoned India\'s ambassador. "The Indian forces shelled Leepa," the Foreign Office said.',
        "PAK ASSAULT IND>-",
    ),
    # Who "it" and "they" are, and whose words stand where.
    (
        "Ethiopia's government rejected accusations by Tigrayan forces that its troops had massacred civilians in Axum.",
        "ETH-REB ASSAULT ETH>ETH",
    ),
    (
        "The Israeli military said it had intercepted two missiles, hours after Houthi rebels claimed to have struck Haifa.",
        "YEM-REB ASSAULT YEM-REB>-",
    ),
    ("The Bosnian Serb army denied shelling the town of Gorazde.", "- REJECT BIH-REB>BIH"),
    ("The United States called on Eritrea to withdraw, a demand that Asmara dismissed.", "- REJECT ERI>USA"),
    # A title introduces a name, whatever the model takes it for, and the surname stands for it later.
    ("Hamas spokesman Hazem Qassem said Israel bombed a school in Gaza.", "PSE-REB ASSAULT ISR>PSE"),
    (
        'Sudanese army spokesman Al-Sawarmy Khalid Saad met reporters.\n\n"The rebels attacked Kutum," Saad told Xinhua.',
        "SDN ASSAULT SDN-REB>SDN",
    ),
    (
        "Army spokesman Lul Ruai Koang of South Sudan spoke on Monday. Koang said rebels attacked Yei.",
        "SSD ASSAULT SSD-REB>SSD",
    ),
    ("A field commander for Hamas accused Israel of bombing villages.", "- ACCUSE PSE-REB>ISR"),
    # A dateline is no part of the sentence, nor the speaker of a headline.
    (
        "LIBREVILLE: Nine rebels were killed in Birao, a Central African Republic spokesman said Thursday.",
        "CAF ASSAULT ->CAF-REB killed=9-9",
    ),
    ("KHARTOUM, Jan 22 (Reuters) – Sudanese forces attacked rebels in Darfur.", "- ASSAULT SDN>SDN-REB"),
    # In one's own words "they" are others; what stands in brackets says who.
    ('"They (SPLM-IO forces) attacked our positions," South Sudan\'s army spokesman said.', "SSD ASSAULT SSD-REB>SSD"),
    ("Strike kills 12 in Aleppo: monitor", "NGO ASSAULT ->SYR killed=12-12"),
    ("At least 12 killed in Aleppo strike - Observatory", "NGO ASSAULT ->SYR killed=12-12"),
    ("Russian missile kills two in Odesa — officials", "UKR ASSAULT RUS>- killed=2-2"),
    ("Shelling killed nine people in the town, a war monitor and residents in the area said.", "NGO ASSAULT ->-"),
    ("Western leaders accused Iran of the attack.", "- ACCUSE ->IRN"),
    ("Authorities in rebel-held Donetsk said Ukrainian shelling killed three.", "UKR-REB ASSAULT UKR>- killed=3-3"),
    ("Ethiopian troops killed 12 civilians in Axum, residents said.", "* ASSAULT ETH>ETH killed=12-12"),
    ("Eritrea says Ethiopian troops shelled its positions.", "ERI ASSAULT ETH>ERI"),
    ("Ethiopian troops, Eritrea says, shelled its positions.", "ERI ASSAULT ETH>ERI"),
    (
        "The Eritrean government said in a statement that Ethiopian troops had shelled its positions.",
        "ERI ASSAULT ETH>ERI",
    ),
    (
        "In a statement issued in Asmara, Eritrea said Ethiopian troops had shelled its positions.",
        "ERI ASSAULT ETH>ERI",
    ),
    ("“Ethiopian troops shelled our positions,” the Eritrean information minister said.", "ERI ASSAULT ETH>ERI"),
    (
        "“Ethiopian troops shelled our positions,” the Eritrean information minister told reporters.",
        "ERI ASSAULT ETH>ERI",
    ),
    ("“Ethiopian troops,” the Eritrean minister said, “shelled our positions.”", "ERI ASSAULT ETH>ERI"),
    (
        "The Eritrean information minister was quoted as saying that Ethiopian troops had shelled Eritrean positions.",
        "ERI ASSAULT ETH>ERI",
    ),
    ("Serbian forces attacked the village, said the Croatian defence ministry.", "HRV ASSAULT SRB>*"),
    ("According to the Croatian defence ministry, Serbian forces attacked the village.", "HRV ASSAULT SRB>*"),
    ("Serbian forces attacked the village, the Croatian defence ministry has claimed.", "HRV ASSAULT SRB>*"),
    (
        "The Croatian defence ministry alleged that Serbian forces had attacked Croatian villages.",
        "HRV ASSAULT SRB>HRV",
    ),
    (
        "The Croatian defence ministry insisted that Serbian forces had attacked Croatian villages.",
        "HRV ASSAULT SRB>HRV",
    ),
    (
        "The Croatian defence ministry confirmed that Serbian forces had attacked Croatian villages.",
        "HRV ASSAULT SRB>HRV",
    ),
    (
        "The Croatian defence ministry acknowledged that its forces had attacked Serbian villages.",
        "HRV ASSAULT HRV>SRB",
    ),
    ("Croatia's president, Franjo Tudjman, said Serbian forces had attacked Croatian villages.", "HRV ASSAULT SRB>HRV"),
    ("A spokesman for the Croatian army said Serbian forces had attacked Croatian villages.", "HRV ASSAULT SRB>HRV"),
    (
        "A Croatian army spokeswoman, who asked not to be named, said Serbian forces had attacked Croatian villages.",
        "HRV ASSAULT SRB>HRV",
    ),
    ("Croatian officials told the BBC that Serbian forces had attacked Croatian villages.", "HRV ASSAULT SRB>HRV"),
    ("Zagreb said Serbian forces had attacked Croatian villages.", "HRV ASSAULT SRB>HRV"),
    ("The Kremlin said Georgian troops had shelled Tskhinvali.", "RUS ASSAULT GEO>*"),
    ("Georgia's interior ministry reported that Russian jets had bombed Gori.", "GEO ASSAULT RUS>GEO"),
    ("Russian jets bombed the town, Georgia's interior ministry reported on Friday.", "GEO ASSAULT RUS>*"),
    (
        "Georgian television quoted the interior ministry as saying that Russian jets had bombed Gori.",
        "GEO ASSAULT RUS>GEO",
    ),
    (
        "Interfax quoted the Russian defence ministry as saying Georgian troops had killed 10 peacekeepers.",
        "RUS ASSAULT GEO>* killed=10-10",
    ),
    ("Russian jets reportedly bombed Tbilisi.", "- ASSAULT RUS>GEO"),
    ("Russian jets bombed Tbilisi, witnesses told Reuters.", "* ASSAULT RUS>GEO"),
    ("The rebels said they had captured 14 Malian soldiers.", "MLI-REB ASSAULT MLI-REB>MLI captured=14-14"),
    ("The Houthis said they fired a missile at Saudi Arabia.", "YEM-REB ASSAULT YEM-REB>SAU"),
    ("Hamas said it had fired rockets at Israel.", "PSE-REB ASSAULT PSE-REB>ISR"),
    ("The Taliban claimed to have killed 20 Afghan soldiers.", "AFG-REB ASSAULT AFG-REB>AFG killed=20-20"),
    ("Al-Shabaab claimed responsibility for the attack on the Kenyan base.", "* ASSAULT SOM-REB>KEN"),
    ("Colombia's army said FARC rebels had killed six soldiers.", "COL ASSAULT COL-REB>COL killed=6-6"),
    ("The army said FARC rebels had killed six Colombian soldiers.", "* ASSAULT COL-REB>COL killed=6-6"),
    (
        "Moscow said Ukraine fired missiles at Belgorod. It added that five people were killed.",
        "RUS ASSAULT UKR>RUS\nRUS ASSAULT *>RUS killed=5-5",
    ),
    (
        "Sudan's army spoke of heavy losses. It said the Rapid Support Forces had shelled the city.",
        "SDN ASSAULT SDN-REB>*",
    ),
    ("The minister said Iranian drones had struck a tanker, according to state television.", "* ASSAULT IRN>*"),
    ("Human Rights Watch said Syrian forces dropped barrel bombs on Aleppo.", "NGO ASSAULT SYR>SYR"),
    ("The United Nations said Congolese rebels had killed 21 villagers.", "UNO ASSAULT COD-REB>COD killed=21-21"),
]

WHO_DID_IT: list[Row] = [
    ("Sri Lankan troops captured the last airstrip held by Tamil Tiger rebels.", "- ASSAULT LKA>-"),
    (
        "Rebels in Ethiopia said government drones hit a market, killing 54 people.",
        "ETH-REB ASSAULT ETH>ETH killed=54-54",
    ),
    (
        "Sri Lanka's rebels said 120 civilians were killed when artillery hit a hospital. Norway urged a ceasefire.",
        "LKA-REB ASSAULT LKA>LKA killed=120-120",
    ),
    ("Russia struck Kyiv, state news agency TASS reported.", "RUS ASSAULT RUS>UKR"),
    ("Israel struck a school in Gaza, which killed 93 Palestinians.", "- ASSAULT ISR>PSE"),
    ("North Korea on Thursday blamed the United States for the shelling.", "- ACCUSE PRK>USA"),
    ("Israel accused Hamas of using schools, which the Palestinian group denies.", "- REJECT PSE-REB>ISR"),
    (
        "Gaza's civil defence agency gave no details. Agency spokesman Mahmud Bassal told AFP 15 people were wounded.",
        "PSE ASSAULT ->PSE injured=15-15",
    ),
    ("A witness told AFP gunmen attacked the village in Mali.", "MLI ASSAULT ->MLI"),
    ("South Sudan's army said five rebel soldiers were killed in Yei.", "SSD ASSAULT SSD>SSD-REB killed=5-5"),
    ("South Sudan's army said opposition forces attacked Yei.", "SSD ASSAULT SSD-REB>SSD"),
    (
        "Eighteen rebels were captured after they launched an attack on government troops in South Sudan.",
        "- ASSAULT ->SSD-REB captured=18-18\n- ASSAULT SSD-REB>SSD",
    ),
    ("Rebels in the Darfur region said they defeated Sudanese forces at Kutum.", "SDN-REB ASSAULT SDN-REB>SDN"),
    ("A house in Gaza was bombed, killing two people.", "- ASSAULT ->PSE killed=2-2"),
    ("A school in Rafah was hit by a missile, killing 20 people.", "- ASSAULT ->PSE killed=20-20"),
    ("A Russian tank was hit, killing its crew.", "- ASSAULT ->RUS"),
    ("A convoy of the army was ambushed in Mali, leaving nine soldiers dead.", "- ASSAULT ->MLI killed=9-9"),
    ("An apartment block in Kharkiv was struck by Russian drones, wounding 12.", "- ASSAULT RUS>UKR injured=12-12"),
    ("Turkish jets bombed Kurdish fighters in northern Iraq.", "- ASSAULT TUR>*"),
    ("Kurdish fighters were bombed by Turkish jets.", "- ASSAULT TUR>*"),
    ("The bombing of Tbilisi by Russian jets killed five people.", "- ASSAULT RUS>GEO killed=5-5"),
    ("A Russian air strike on Tbilisi killed five people.", "- ASSAULT RUS>GEO killed=5-5"),
    ("Five people were killed in a Russian air strike on Tbilisi.", "- ASSAULT RUS>GEO killed=5-5"),
    ("Five people were killed when Russian jets bombed Tbilisi.", "- ASSAULT RUS>GEO killed=5-5"),
    ("Russian jets bombed Tbilisi, killing five people.", "- ASSAULT RUS>GEO killed=5-5"),
    ("Russia carried out air strikes on Tbilisi.", "- ASSAULT RUS>GEO"),
    ("Russia launched a wave of air strikes on Tbilisi.", "- ASSAULT RUS>GEO"),
    ("Russia's bombardment of Tbilisi left five people dead.", "- ASSAULT RUS>GEO killed=5-5"),
    ("Argentine jets sank a British destroyer.", "- ASSAULT ARG>GBR"),
    ("A British destroyer was sunk by Argentine jets.", "- ASSAULT ARG>GBR"),
    ("Iraqi troops invaded Kuwait.", "- ASSAULT IRQ>KWT"),
    ("Iraqi troops who invaded Kuwait withdrew.", "- ASSAULT IRQ>KWT"),
    ("The Iraqi invasion of Kuwait began at dawn.", "- ASSAULT IRQ>KWT"),
    ("Tanzania attacked Uganda and seized a border town.", "- ASSAULT TZA>UGA"),
    ("Rwandan soldiers crossed into Congo and attacked the militia.", "- ASSAULT RWA>*"),
    ("Israel and Hezbollah exchanged fire across the border.", "- ASSAULT ISR,LBN-REB>-"),
    ("Indian and Chinese soldiers clashed on the border.", "- ASSAULT IND,CHN>-"),
    ("Armenian forces fought Azerbaijani troops near the border.", "- ASSAULT ARM,AZE>-"),
    ("Clashes between Armenian and Azerbaijani troops erupted on Sunday.", "- ASSAULT ARM,AZE>-"),
    ("Gunmen abducted three French aid workers in Niger.", "- ASSAULT *>FRA captured=3-3"),
    ("Sri Lanka's navy arrested 14 Indian fishermen.", "- COERCE LKA>IND arrested=14-14"),
    ("Police in Belarus detained 40 protesters.", "- COERCE BLR>BLR arrested=40-40"),
    ("Police fired tear gas at protesters in Nairobi.", "- ASSAULT KEN>KEN"),
    ("Iran seized a British tanker in the Strait of Hormuz.", "- COERCE IRN>GBR"),
    ("A British tanker was seized by Iran.", "- COERCE IRN>GBR"),
    ("Myanmar's army burned villages in Rakhine.", "- ASSAULT MMR>MMR"),
    ("Hundreds of people marched against the government in Tbilisi.", "- PROTEST GEO>GEO"),
    ("Students protested against the junta in Yangon.", "- PROTEST MMR>MMR"),
    ("Thailand closed its border with Cambodia.", "- COERCE THA>KHM"),
    ("Poland expelled three Russian diplomats.", "- SANCTION POL>RUS"),
    ("The European Union imposed sanctions on Belarus.", "- SANCTION EUR>BLR"),
    ("Venezuela severed diplomatic relations with Colombia.", "- SANCTION VEN>COL"),
    ("North Korea deployed artillery along the border with South Korea.", "- MOBILIZE PRK>*"),
    ("China held military drills around Taiwan.", "- MOBILIZE CHN>*"),
    ("Eritrea withdrew its troops from Tigray.", "- RETREAT ERI>*"),
    ("Hezbollah released two Israeli soldiers.", "- RETREAT LBN-REB>ISR"),
    ("Turkey sent food and medicine to Gaza.", "- AID TUR>PSE"),
    ("Germany delivered tanks to Ukraine.", "- AID DEU>UKR"),
]

SPEECH: list[Row] = [
    ("The Iranian president called his Lebanese counterpart on Tuesday.", "- CONSULT IRN,LBN>-"),
    (
        "Russian Foreign Minister Sergey Lavrov met his Iranian counterpart. The foreign ministers condemned Israel.",
        "- ACCUSE IRN,RUS>ISR",
    ),
    ("The Taliban warned of a reaction if Biden does not fulfil the agreement.", "- THREATEN AFG-REB>USA"),
    ("Iran warned it would respond if attacked by Israel.", "- THREATEN IRN>ISR"),
    ("Pakistan threatened war should India stop the flow of water.", "- THREATEN PAK>IND"),
    ("Greece condemned the Turkish incursion.", "- ACCUSE GRC>TUR"),
    ("Greece criticised Turkey over the drilling.", "- ACCUSE GRC>TUR"),
    ("Greece denounced Turkey's violations of its airspace.", "- ACCUSE GRC>TUR"),
    ("Greece accused Turkey of violating its airspace.", "- ACCUSE GRC>TUR"),
    ("Turkey was accused by Greece of violating its airspace.", "- ACCUSE GRC>TUR"),
    ("Turkey rejected the Greek accusation.", "- REJECT TUR>GRC"),
    ("Turkey denied that its jets had violated Greek airspace.", "- REJECT TUR>*"),
    ("The accusation was denied by Turkey.", "- REJECT TUR>*"),
    ("Greece accused Turkey of violating its airspace, a charge Ankara denied.", "- ACCUSE GRC>TUR\n- REJECT TUR>GRC"),
    ("Ankara dismissed the Greek claims as baseless.", "- REJECT TUR>GRC"),
    ("Turkey warned Greece of serious consequences.", "- THREATEN TUR>GRC"),
    ("Turkey threatened to close the strait to Greek ships.", "- THREATEN TUR>*"),
    ("Turkey vowed to retaliate against Greece.", "- THREATEN TUR>GRC"),
    ("Turkey's president said Ankara would respond with force to any Greek attack.", "* THREATEN TUR>*"),
    ("The United States urged Greece and Turkey to show restraint.", "- REQUEST USA>GRC,TUR"),
    ("The United States called on Turkey to withdraw its ship.", "- REQUEST USA>TUR"),
    ("Washington demanded that Turkey withdraw its ship.", "- REQUEST USA>TUR"),
    ("Greece asked the United Nations for help.", "- REQUEST GRC>UNO"),
    ("Greece appealed to NATO to step in.", "- REQUEST GRC>IGO"),
    ("Turkey welcomed the Greek proposal.", "- SUPPORT TUR>GRC"),
    ("France voiced support for Greece.", "- SUPPORT FRA>GRC"),
    ("Greece and Turkey agreed to a ceasefire.", "- AGREE GRC,TUR>-"),
    ("Greece signed a defence agreement with France.", "- SUPPORT GRC,FRA>-"),
    ("Turkey promised to withdraw its troops from Cyprus.", "- CONCEDE TUR>*"),
    ("Turkish and Greek ministers met in Athens.", "- CONSULT TUR,GRC>-"),
    ("The Turkish president spoke by phone with the Greek prime minister.", "- CONSULT TUR,GRC>-"),
    ("The Turkish foreign minister visited Athens.", "- CONSULT TUR>GRC"),
    ("Israel blamed Iran for the explosion.", "- ACCUSE ISR>IRN"),
    ("Israel laid the blame for the explosion on Iran.", "- ACCUSE ISR>IRN"),
    ("Responsibility for the explosion lies with Iran, Israel said.", "* ACCUSE ISR>IRN"),
    ("Israel said Iran bears full responsibility for the explosion.", "* ACCUSE ISR>IRN"),
    ("Iran said it was not responsible for the explosion.", "* REJECT IRN>*"),
    ("Iran said it had nothing to do with the explosion.", "* REJECT IRN>*"),
    ("The charge was denied in a statement released by Iran.", "- REJECT IRN>*"),
    ("Iran refused to hand over the bodies to Israel.", "- REJECT IRN>ISR"),
]

NOT_ASSERTED: list[Row] = [
    ("Russia did not bomb the hospital, the Kremlin said.", "RUS ASSAULT RUS>* negation"),
    ("Russian forces never attacked Ukrainian civilians, Moscow said.", "RUS ASSAULT RUS>UKR negation"),
    ("“We did not fire at the convoy,” the Russian defence ministry said.", "RUS ASSAULT RUS>* negation"),
    ("Syria denied that its forces had attacked the town.", "SYR ASSAULT SYR>* negation"),
    ("Syria denied allegations that its forces had used chemical weapons in Douma.", "SYR ASSAULT SYR>* negation"),
    ("Rwanda dismissed reports that its troops had attacked Congo.", "RWA ASSAULT RWA>COD negation"),
    (
        "Moscow rejected Kyiv's claim that Russian jets had bombed a hospital in Kherson.",
        "- REJECT RUS>UKR\nUKR ASSAULT RUS>UKR",
    ),
    ("Egypt foiled an attempt by militants to attack the base.", "- ASSAULT *>EGY attempted"),
    ("Militants tried to attack an Egyptian base.", "- ASSAULT *>EGY attempted"),
    ("Iran attempted to strike an Israeli ship.", "- ASSAULT IRN>ISR attempted"),
    ("Israel attacked Egypt in 1967.", "- ASSAULT ISR>EGY historical"),
    ("Iraq invaded Kuwait in 1990.", "- ASSAULT IRQ>KWT historical"),
]

HOW_MANY: list[Row] = [
    ("In Yemen nine people were killed and others injured, the ministry said.", "YEM ASSAULT ->YEM killed=9-9"),
    ("A teenager called Omar was killed by Israeli soldiers in Nablus.", "- ASSAULT ISR>PSE killed=1-1"),
    ("Two soldiers named Ivan Petrov and Oleg Sidorov were killed.", "- ASSAULT ->- killed=2-2"),
    ("Four Thai soldiers were injured when a mine exploded.", "- ASSAULT *>THA injured=4-4"),
    (
        "At least nine people died and 20 were injured in the shelling of Mariupol.",
        "- ASSAULT *>UKR killed=9-9 injured=20-20",
    ),
    ("The shelling killed between 10 and 15 Ukrainian soldiers.", "- ASSAULT *>UKR killed=10-15"),
    ("Ukraine lost 12 tanks, Russia said.", "RUS ASSAULT *>UKR destroyed=12-12"),
    ("Two Israeli soldiers and a policeman were killed.", "- ASSAULT *>ISR killed=2-2 killed=1-1"),
    ("The attack killed 24 people, including three children, in Kabul.", "- ASSAULT *>AFG killed=24-24"),
    ("A further six bodies were found, bringing the death toll to 38.", "- ASSAULT *>* killed=38-38"),
    ("Some 7,000 people fled the fighting, and 40 were killed in Goma.", "- ASSAULT *>COD killed=40-40"),
    ("More than 120 people were wounded in Gaza on Friday.", "- ASSAULT *>PSE injured=120-120"),
    (
        "Iran's health ministry said 224 people had been killed, with 1,277 wounded.",
        "IRN ASSAULT *>IRN killed=224-224 injured=1277-1277",
    ),
    (
        "Gaza's health ministry said 45 people were killed and 120 wounded.",
        "PSE ASSAULT *>PSE killed=45-45 injured=120-120",
    ),
    (
        "Ukraine said Russian missiles killed 12 people in Dnipro and wounded 64.",
        "UKR ASSAULT RUS>UKR killed=12-12 injured=64-64",
    ),
    ("The navy said all 44 crew members of the Argentine submarine were dead.", "* ASSAULT *>* killed=44-44"),
    (
        "Pakistan said it had shot down two Indian jets and captured a pilot.",
        "PAK ASSAULT PAK>IND destroyed=2-2\nPAK ASSAULT PAK>* captured=1-1",
    ),
    ("A dozen Kenyan policemen were killed near Garissa.", "- ASSAULT *>KEN killed=12-12"),
    ("Eighty-three prisoners of war were released by Armenia.", "- RETREAT ARM>*"),
    ("An Azerbaijani soldier and two Armenian soldiers were killed.", "- ASSAULT *>AZE,ARM killed=1-1 killed=2-2"),
]

# What a small parser hangs on the wrong verb, and fights and losses that the clause around them names.
CLAUSES: list[Row] = [
    (
        "The RSF denied targeting civilians and blamed the army for the shelling of the camp.",
        "- REJECT SDN-REB>SDN\nSDN-REB ASSAULT SDN-REB>SDN negation\n- ACCUSE SDN-REB>SDN",
    ),
    (
        "A Syrian army source denied that the air force had targeted civilians.",
        "- REJECT SYR>-\nSYR ASSAULT SYR>SYR negation",
    ),
    (
        "Ethiopia denied that its troops had shelled Sudanese villages.",
        "- REJECT ETH>SDN\nETH ASSAULT ETH>SDN negation",
    ),
    (
        "Israel's military said it struck a Hamas command centre, while Gaza's civil defence said 30 people were killed.",
        "ISR ASSAULT ISR>PSE-REB\nPSE ASSAULT ->PSE killed=30-30",
    ),
    (
        "Russia said it hit a barracks, whereas Ukraine said 12 civilians were killed.",
        "RUS ASSAULT RUS>-\nUKR ASSAULT ->UKR killed=12-12",
    ),
    (
        "Turkey said its jets bombed PKK positions, but Iraq said five villagers were killed.",
        "TUR ASSAULT TUR>TUR-REB\nIRQ ASSAULT ->IRQ killed=5-5",
    ),
    (
        "Al-Shabab said it had killed 45 Ethiopian peacekeepers, a claim the African Union mission rejected.",
        "SOM-REB ASSAULT SOM-REB>ETH killed=45-45\n- REJECT IGO>-",
    ),
    (
        "Ukraine said it had sunk a Russian warship, an assertion that Moscow denied.",
        "UKR ASSAULT UKR>RUS destroyed=1-1\n- REJECT RUS>UKR",
    ),
    ("There were clashes on Monday between the Taliban and Afghan commandos.", "- ASSAULT AFG,AFG-REB>-"),
    ("There was fighting between Sudan's army and the RSF on Sunday.", "- ASSAULT SDN,SDN-REB>-"),
    ("Clashes erupted between Ethiopian troops and Tigrayan forces near Mekelle.", "- ASSAULT ETH,ETH-REB>-"),
    ("Fighting broke out between the Sudanese army and the RSF in Khartoum.", "- ASSAULT SDN,SDN-REB>-"),
    ("Heavy fighting was raging in Bakhmut between Russian and Ukrainian forces.", "- ASSAULT RUS,UKR>-"),
    (
        "Fierce battles were raging between Ethiopian troops and Tigrayan forces near Mekelle, a diplomat said.",
        "UNK ASSAULT ETH,ETH-REB>-",
    ),
    ("Ukrainian and Russian forces were locked in fierce street battles in Bakhmut.", "- ASSAULT RUS,UKR>-"),
    ("Witnesses reported heavy clashes between Boko Haram and Nigerian troops in Damboa.", "- ASSAULT NGA,NGA-REB>-"),
    ("Hostilities resumed on Tuesday between Armenian and Azerbaijani forces.", "- ASSAULT ARM,AZE>-"),
    ("Skirmishes continued between Indian and Pakistani troops along the border.", "- ASSAULT IND,PAK>-"),
    ("Kyiv and Moscow traded accusations over the shelling of the nuclear plant.", "- ACCUSE RUS,UKR>-"),
    ("Armenia and Azerbaijan exchanged accusations of ceasefire violations.", "- ACCUSE ARM,AZE>-"),
    ("Tehran and Islamabad traded barbs over the raid.", "- ACCUSE IRN,PAK>-"),
    (
        "The Sudanese army said it had repelled an attack by the RSF on El Fasher and killed 40 fighters.",
        "SDN ASSAULT SDN-REB>SDN attempted\nSDN ASSAULT SDN>SDN-REB killed=40-40",
    ),
    (
        "Ukraine's army said it had beaten back a Russian assault and destroyed six tanks.",
        "UKR ASSAULT RUS>UKR attempted\nUKR ASSAULT UKR>RUS destroyed=6-6",
    ),
    (
        "Ukraine's general staff said Russia had lost 900 soldiers in the past 24 hours.",
        "UKR ASSAULT ->RUS killed=900-900",
    ),
    ("India lost five jets in the clashes, Pakistan said.", "PAK ASSAULT ->IND destroyed=5-5"),
    ("Armenia lost 60 soldiers in the fighting, Azerbaijan said.", "AZE ASSAULT ->ARM killed=60-60"),
    ("A suspected gas attack killed 58 people in Idlib on Tuesday.", "- ASSAULT ->SYR killed=58-58"),
    ("A suspected militant killed two officers in Kano.", "- ASSAULT ->NGA killed=2-2"),
    ("Suspected Boko Haram militants killed 12 people in Maiduguri.", "- ASSAULT NGA-REB>NGA killed=12-12"),
    ("The shelling left 12 Ukrainian soldiers dead and 40 wounded.", "- ASSAULT ->UKR injured=40-40 killed=12-12"),
    (
        "Clashes between the Nigerian army and Boko Haram left 12 dead in Kano on Sunday.",
        "- ASSAULT NGA,NGA-REB>NGA killed=12-12",
    ),
    ("A market in Port Sudan was hit by drones on Sunday, the Sudanese army said.", "SDN ASSAULT ->SDN"),
    ("Odesa was attacked by Russian drones, Ukraine's air force said.", "UKR ASSAULT RUS>UKR"),
    ("The European Union will provide 500 million euros to Ukraine, its foreign policy chief said.", "- AGREE EUR>UKR"),
    ("Hamas said it would release three Israeli hostages on Saturday.", "- AGREE PSE-REB>ISR"),
    ("Washington said it would send F-16 jets to Kyiv.", "- AGREE USA>UKR"),
    ("Israel said it would meet Lebanese officials in Naqoura next week.", "- AGREE ISR>LBN"),
    ("Egypt said it would open the Rafah crossing to Palestinian patients.", "- AGREE EGY>PSE"),
    ("North Korea fired two ballistic missiles into the sea, South Korea's military said.", "KOR ASSAULT PRK>-"),
    (
        "France recalled its ambassador from Algiers after Algeria expelled 12 French diplomats.",
        "- SANCTION FRA>DZA\n- SANCTION DZA>FRA",
    ),
    ("China sanctioned 28 US defence firms over arms sales to Taiwan.", "- SANCTION CHN>USA"),
    ("Hezbollah leader Hassan Nasrallah threatened to strike Israel if it invaded Lebanon.", "- THREATEN LBN-REB>ISR"),
    ("Colombia's ELN rebels released two soldiers in Arauca.", "- RETREAT COL-REB>COL"),
    ("Thousands of protesters marched in Tbilisi to demand new elections.", "- PROTEST GEO>-"),
    ("Police in Nairobi arrested 40 protesters, Kenyan officials said.", "KEN COERCE KEN>KEN arrested=40-40"),
    (
        "Nigeria's military said Boko Haram had abducted 120 hostages from a village in Borno state.",
        "NGA ASSAULT NGA-REB>NGA captured=120-120",
    ),
    (
        "Azerbaijan's defence ministry said Armenian forces had fired mortars at its positions, killing seven servicemen.",
        "AZE ASSAULT ARM>AZE killed=7-7",
    ),
    (
        "Armenia denied opening fire and accused Azerbaijan of violating the ceasefire.",
        "- REJECT ARM>AZE\n- ACCUSE ARM>AZE",
    ),
    (
        "Myanmar's military junta dismissed reports that its jets had bombed a school in Sagaing, killing 11 children.",
        "- REJECT MMR>-\nMMR ASSAULT MMR>MMR negation killed=11-11",
    ),
    (
        "M23 rebels seized the town of Sake on Tuesday, a Congolese military source told Reuters.",
        "COD ASSAULT COD-REB>COD",
    ),
    (
        "Congo accuses Rwanda of backing the rebels, a charge Kigali denies.",
        "- ACCUSE COD>RWA\nCOD SUPPORT RWA>COD-REB\n- REJECT RWA>COD",
    ),
    (
        "Pakistan closed its airspace to Indian airlines and suspended all trade with India.",
        "- COERCE PAK>IND\n- SANCTION PAK>IND",
    ),
    ("The Taliban rejected the UN report as biased.", "- REJECT AFG-REB>UNO"),
    (
        "Rebels accused the government of Bashar al-Assad of killing 40 civilians in an air strike on a market in Douma.",
        "- ACCUSE SYR-REB>SYR\nSYR-REB ASSAULT SYR>SYR killed=40-40",
    ),
    (
        "Islamic State claimed responsibility for the bombing, which killed at least 53 people in Kabul.",
        "IMG ASSAULT IMG>AFG killed=53-53",
    ),
    (
        "Ankara said its forces had neutralised 37 PKK militants in northern Iraq.",
        "TUR ASSAULT TUR>TUR-REB casualties=37-37",
    ),
    (
        "A French peacekeeper was shot dead in Mali by unidentified gunmen, the UN mission said.",
        "UNO ASSAULT ->FRA killed=1-1",
    ),
    ("Ukraine and Russian officials held talks in Istanbul.", "- CONSULT RUS,UKR>-"),
    ("Gunmen killed 15 worshippers in an attack on a mosque in northwestern Nigeria.", "- ASSAULT ->NGA killed=15-15"),
    ("Hamas rejected the Israeli claim as a lie.", "- REJECT PSE-REB>ISR"),
    ("Venezuela deployed troops along the border with Colombia.", "- MOBILIZE VEN>COL"),
    (
        "The United States vetoed a Security Council resolution calling for a ceasefire in Gaza.",
        "- REJECT USA>UNO\n- REQUEST UNO>-",
    ),
    ("Serbia raised the alert level of its army and moved tanks toward Kosovo.", "- MOBILIZE SRB>XKX"),
    ("Israel and Hezbollah traded fire across the border on Monday.", "- ASSAULT ISR,LBN-REB>-"),
    ("The UN said both Sudan's army and the RSF had bombed hospitals.", "UNO ASSAULT SDN,SDN-REB>SDN"),
]

TOWARDS: list[Row] = [
    # Towards whom by words that the lexicon has no party for, two of one state, acts to come, the codebook's rulings on
    # accords, releases, bans and inquiries, makes of aircraft, coalitions, pronouns and clauses that a parser hangs askew.
    ("Turkish police arrested the columnist Defne Arslan.", "- COERCE TUR>*"),
    ("Zimbabwe's opposition leader rejected President Moyo's victory.", "- REJECT ZWE>ZWE"),
    ("Armed men attacked an army camp in Mali, killing 19 soldiers.", "- ASSAULT ->MLI killed=19-19"),
    ("The Greek parliament demanded that the prime minister resign.", "- REQUEST GRC>GRC"),
    ("Belgian prosecutors opened an investigation into the shipping company Varnavel.", "- ACCUSE BEL>*"),
    ("Indonesian authorities imposed a curfew on Jayapura.", "- COERCE IDN>IDN"),
    ("Rebels freed the blogger Sami Haddad in Syria.", "- RETREAT *>*"),
    ("The Russian president will meet the Turkish president on Friday.", "- AGREE RUS,TUR>-"),
    ("France will not accept the Libyan refugees.", "- REJECT FRA>*"),
    ("Ethiopia will send food to Sudan.", "- AGREE ETH>SDN"),
    ("Egypt will host the Sudanese foreign minister next week.", "- AGREE EGY>*"),
    ("Iraq and Kuwait signed a border treaty.", "- SUPPORT IRQ,KWT>-"),
    ("Iraq reached a truce with Iran.", "- AGREE IRN,IRQ>-"),
    ("The Turkish president pardoned the Kurdish rebels.", "- CONCEDE TUR>*"),
    ("Algeria lifted its ban on Moroccan flights.", "- CONCEDE DZA>MAR"),
    ("Serbia extradited the general to Croatia.", "- COOPERATE SRB>*"),
    ("Nigerian troops rescued 40 hostages.", "- AID NGA>*"),
    ("Swiss prosecutors shared evidence with the French authorities.", "- COOPERATE CHE,FRA>-"),
    ("Hungary drew criticism from the European Union.", "- ACCUSE EUR>HUN"),
    ("French dockers called off their strike against the government.", "- CONCEDE FRA>*"),
    ("Qatar withdrew its peacekeepers from Eritrea.", "- SANCTION QAT>ERI"),
    ("Ghana sent peacekeepers to Liberia.", "- AID GHA>LBR"),
    ("Russian hackers launched a cyber attack against Estonia.", "- COERCE RUS>EST"),
    ("Armenian forces violated the ceasefire with Azerbaijan.", "- ASSAULT ARM>AZE"),
    ("The Mexican president cancelled a visit to the United States.", "- REJECT MEX>USA"),
    ("A Spanish court issued an arrest warrant for the Chilean general.", "- THREATEN ESP>CHL"),
    ("The Israeli navy imposed a blockade on Lebanon.", "- COERCE ISR>LBN"),
    ("Chinese jets locked their radar on Japanese aircraft.", "- MOBILIZE CHN>JPN"),
    ("Chinese bombers flew over Malaysian airspace.", "- MOBILIZE CHN>MYS"),
    ("Japan offered an apology to China.", "- CONCEDE JPN>CHN"),
    ("Ukraine said it shot down two Su-25 fighters.", "UKR ASSAULT UKR>* destroyed=2-2"),
    ("Iran lost an F-14 fighter in the battle, Iraq said.", "IRQ ASSAULT ->IRN destroyed=1-1"),
    ("Officials in Delhi confirmed the loss of two helicopters.", "* ASSAULT ->IND destroyed=2-2"),
    ("The rebels said they downed a MiG 21 near Aleppo.", "* ASSAULT *>* destroyed=1-1"),
    ("The Saudi-led coalition bombed Sanaa. The alliance said it had hit a Houthi depot.", "SAU ASSAULT SAU>YEM-REB"),
    ("Yemen's Houthi movement accused Saudi Arabia of bombing a wedding.", "- ACCUSE YEM-REB>SAU"),
    (
        "M23 fighters captured the town. A rebel statement said the Congolese army had shelled Goma.",
        "COD-REB ASSAULT COD>COD",
    ),
    ("The M23 took Goma. Congolese troops fled, the rebel movement's spokesman said.", "COD-REB RETREAT COD>*"),
    ("A Pakistan-based group said it carried out the attack in Srinagar.", "* ASSAULT ->IND"),
    (
        "Ten people died in clashes between Hezbollah and the Israeli army. The fighting between the two lasted an hour.",
        "- ASSAULT ISR,LBN-REB>* killed=10-10",
    ),
    ("The rebels took the town. The army accused the rebels of looting it.", "- ACCUSE *>*"),
    ("Israeli Air Force jets struck Gaza. The army said it hit a depot.", "ISR ASSAULT ISR>*"),
    (
        "The rebels accused Russia of carrying out air strikes on Monday that killed 30 people.",
        "* ASSAULT RUS>* killed=30-30",
    ),
    ("NATO said it was investigating the report, while Germany urged Serbia to stop.", "- REQUEST DEU>SRB"),
    ("Officials at NATO headquarters said Serbian troops had shelled the village.", "IGO ASSAULT SRB>*"),
    ("Two shells were fired from Gaza and landed in a field in Israel.", "- ASSAULT ->ISR"),
    ("Hamas said a truce had been reached with Israel.", "PSE-REB AGREE ISR,PSE-REB>-"),
    ("Ten soldiers were killed in a strike, with three others wounded.", "- ASSAULT ->* killed=10-10 injured=3-3"),
    (
        "The attack, which Sudanese officials blamed on the RSF, killed 70 people. Egypt condemned the attack.",
        "- ACCUSE EGY>SDN-REB",
    ),
    ("Clashes pitted the Congolese army against the M23.", "- ASSAULT COD,COD-REB>-"),
    ("Kharkiv came under missile fire on Sunday, Ukraine said.", "UKR ASSAULT ->UKR"),
    ("Iranian casualties totalled 27,200, Iraq said.", "IRQ ASSAULT ->* casualties=27200-27200"),
    ("Germany used a laser to target a Chinese aircraft.", "- ASSAULT DEU>CHN"),
    ("Spanish prosecutors are investigating the Moroccan general.", "- ACCUSE ESP>MAR"),
]

ROLES_AND_PLANS: list[Row] = [
    # Whose man speaks, what is fixed for later, what was brought about, and who fought those who are told dead.
    (
        "The Arakan Army (AA) attacked a junta outpost in Myanmar. The AA said ten soldiers were killed.",
        "MMR-REB ASSAULT MMR-REB>MMR killed=10-10",
    ),
    ("The Taliban captured 14 policemen.", "- ASSAULT AFG-REB>AFG captured=14-14"),
    (
        "Peter Deng, a spokesman for Machar's faction, accused Kiir's soldiers of firing on a convoy near Malakal.",
        "- ACCUSE SSD-REB>SSD",
    ),
    ("A Somali police officer, Maj. Hassan Nur, said al-Shabab attacked the hotel.", "SOM ASSAULT SOM-REB>*"),
    (
        "Indian army spokesman K.S. Rao said Indian troops killed 20 Pakistani soldiers.",
        "IND ASSAULT IND>PAK killed=20-20",
    ),
    ("Chechen field commander Aslan Isayev said Russian troops were killed in Gudermes.", "RUS-REB ASSAULT *>RUS"),
    (
        'Armenian and Azerbaijani troops clashed. "Azerbaijani soldiers started the attack," Aram Petrosyan, deputy commander of an artillery unit, told reporters.',
        "ARM ASSAULT AZE>*",
    ),
    ("Gunfire exchanges between Indian and Pakistani soldiers broke out on Thursday.", "- ASSAULT IND,PAK>-"),
    ("Fire was opened from a Syrian army post at a Turkish patrol.", "- ASSAULT SYR>TUR"),
    ("Cyprus insists that the United Nations send an envoy.", "- REQUEST CYP>UNO"),
    ("The foreign ministers of Iran and Iraq are to meet in Geneva on Friday.", "- AGREE IRN,IRQ>-"),
    ("Iran's foreign minister is due to meet his Iraqi counterpart on Friday.", "- AGREE IRN,IRQ>-"),
    ("Iran's foreign minister is scheduled to visit Iraq on Friday.", "- AGREE IRN>IRQ"),
    ("Russia is to withdraw its troops from Syria.", "- CONCEDE RUS>SYR"),
    ("Talks between Iran and Iraq are due to begin in Geneva on Friday.", "- AGREE IRN,IRQ>-"),
    ("The German minister paid a visit to Kyiv.", "- CONSULT DEU>UKR"),
    ("The blast allowed dozens of Taliban fighters to enter the Afghan army base.", "- ASSAULT AFG-REB>AFG"),
    ("The attack forced the Syrian army to withdraw from the town.", "- RETREAT SYR>*"),
    ("The air force bombed a suspected rebel naval base in Sri Lanka.", "- ASSAULT LKA>LKA-REB"),
    (
        "The Sri Lankan army said troops killed 25 Tamil Tigers in Vavuniya and killed four more in Jaffna on Friday.",
        "LKA ASSAULT LKA>LKA-REB killed=4-4",
    ),
    ("Three men were arrested in Baghdad, Iraqi police said.", "IRQ COERCE IRQ>* arrested=3-3"),
    ("Two Iraqi soldiers were killed, the Islamic State said.", "IMG ASSAULT *>IRQ killed=2-2"),
    (
        "The Turkish army shelled PKK camps. Six PKK militants were killed in an operation near Hakkari.",
        "- ASSAULT TUR>TUR-REB killed=6-6",
    ),
    (
        "The Cameroonian army said it killed Abubakar Shekau, the leader of Nigerian Islamist group Boko Haram.",
        "CMR ASSAULT CMR>NGA-REB",
    ),
    ("'Turkish troops attacked our village,' a Syrian official said.", "SYR ASSAULT TUR>SYR"),
    ("Turkish police intercepted a van near Ankara.", "- COERCE TUR>*"),
    ("Colombia suspended its ceasefire with the ELN.", "- SANCTION COL>COL-REB"),
    ('"These figures are completely forged," an Ethiopian official said.', "- REJECT ETH>-"),
    (
        "The Myanmar army attacked the Karen National Union. The group said one of its hilltop posts had fallen.",
        "MMR-REB ASSAULT *>MMR-REB",
    ),
    ('The United States has said the use of air power in Myanmar is "extremely troubling".', "- ACCUSE USA>*"),
    (
        "Lebanese security sources said Israel attacked the town. The sources said the Israeli force suffered six casualties.",
        "LBN ASSAULT *>ISR casualties=6-6",
    ),
    ("Two Ethiopian fighter planes bombed Asmara.", "- ASSAULT ETH>ERI"),
    ("Israel needs to stop the attacks, the Egyptian minister said.", "- REQUEST EGY>ISR"),
    (
        "Gunmen fired rockets on houses in Kabul, claiming the lives of four citizens, three of whom belong to one family, and injuring seven people.",
        "- ASSAULT *>AFG killed=4-4 injured=7-7",
    ),
    (
        "Saudi forces intercepted five drones launched by the Houthis in Yemen, targeting the Abha airport.",
        "- ASSAULT YEM-REB>SAU attempted destroyed=5-5",
    ),
    (
        "Indian and Pakistani troops clashed in Kashmir. Pakistani forces launched a new offensive, India's army said.",
        "IND ASSAULT PAK>IND",
    ),
    ("The Arab coalition said it destroyed two Houthi drones.", "SAU ASSAULT SAU>YEM-REB destroyed=2-2"),
    ("Ukraine's navy said its ships were turning back when Russian ships attacked them.", "UKR ASSAULT RUS>UKR"),
    (
        "Rwandan forces raided rebel camps in Mozambique. Four Mozambican rebels were killed, Rwanda's army said.",
        "RWA ASSAULT RWA>MOZ-REB killed=4-4",
    ),
]

ROWS = [*WHO_SAYS, *WHO_DID_IT, *SPEECH, *NOT_ASSERTED, *HOW_MANY, *CLAUSES, *TOWARDS, *ROLES_AND_PLANS]
