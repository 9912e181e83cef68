"""A language model as the reader: asked one short question, held to a form, and believed only where the report bears it out.

==========  ==========================================================================================================
prompt      the question (``prompt.toml``) and the form of the answer
parts       a long report in parts that overlap
client      one endpoint: asked through the guarded fetch, again where it fails, never faster or dearer than allowed
answers     what was answered, kept by what was asked
parse       what an answer holds, be it well formed or not
addressed   words of a report that speak to a machine and not to its readers
ground      quotations, found again in the frozen text
tables      whom, when, where and how many: our tables' word on what was quoted
build       claims of what is left
named       all of it put together: the reader of a name
both        two readings of one report set side by side
==========  ==========================================================================================================
"""
