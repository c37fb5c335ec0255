{#
    Every column type of monday.com, once: how its canonical text compares and what SQL type it reads as.
    kind: the family that shares a canonical form and its rules; sql: a kind of opus_type;
    write: can be written at all; on_create: can be written when the item is made.
#}
{% macro opus_column_types() %}
    {% set table %}
name:           {kind: name, sql: text, write: true, on_create: true}
text:           {kind: text, sql: text, write: true, on_create: true}
long_text:      {kind: long_text, sql: text, write: true, on_create: true}
numbers:        {kind: number, sql: decimal, write: true, on_create: true}
status:         {kind: status, sql: text, write: true, on_create: true}
dropdown:       {kind: labels, sql: text, write: true, on_create: true}
date:           {kind: date, sql: timestamp, write: true, on_create: true}
timeline:       {kind: timeline, sql: text, write: true, on_create: true}
week:           {kind: week, sql: text, write: true, on_create: true}
hour:           {kind: hour, sql: text, write: true, on_create: true}
world_clock:    {kind: zone, sql: text, write: true, on_create: true}
checkbox:       {kind: checkbox, sql: boolean, write: true, on_create: true}
people:         {kind: people, sql: text, write: true, on_create: true}
email:          {kind: email, sql: text, write: true, on_create: true}
phone:          {kind: phone, sql: text, write: true, on_create: true}
link:           {kind: link, sql: text, write: true, on_create: true}
country:        {kind: country, sql: text, write: true, on_create: true}
location:       {kind: location, sql: text, write: true, on_create: true}
tags:           {kind: tags, sql: text, write: true, on_create: true}
rating:         {kind: rating, sql: int, write: true, on_create: true}
color_picker:   {kind: color, sql: text, write: true, on_create: true}
board_relation: {kind: relation, sql: text, write: true, on_create: true}
dependency:     {kind: relation, sql: text, write: true, on_create: true}
person:         {kind: people, sql: text, write: true, on_create: false}
team:           {kind: people, sql: text, write: true, on_create: false}
file:           {kind: text, sql: text, write: false, on_create: false}
doc:            {kind: text, sql: text, write: false, on_create: false}
direct_doc:     {kind: text, sql: text, write: false, on_create: false}
mirror:         {kind: text, sql: text, write: false, on_create: false}
formula:        {kind: text, sql: text, write: false, on_create: false}
creation_log:   {kind: date, sql: timestamp, write: false, on_create: false}
last_updated:   {kind: date, sql: timestamp, write: false, on_create: false}
item_id:        {kind: text, sql: text, write: false, on_create: false}
auto_number:    {kind: text, sql: text, write: false, on_create: false}
button:         {kind: text, sql: text, write: false, on_create: false}
progress:       {kind: text, sql: text, write: false, on_create: false}
time_tracking:  {kind: number, sql: bigint, write: false, on_create: false}
vote:           {kind: number, sql: bigint, write: false, on_create: false}
subtasks:       {kind: relation, sql: text, write: false, on_create: false}
integration:    {kind: text, sql: text, write: false, on_create: false}
group:          {kind: text, sql: text, write: false, on_create: false}
item_assignees: {kind: text, sql: text, write: false, on_create: false}
unsupported:    {kind: text, sql: text, write: false, on_create: false}
    {% endset %}
    {{ return(fromyaml(table)) }}
{% endmacro %}
