-- <!-- migration-gate:comment --> ``` @octocat closes #1
create table "](https://evil.example) @octocat **bold** | `x` <script>" (id bigint primary key);
alter table customers drop column phone; -- ```
drop table "orders", "
::error::injected" cascade;
-- ```` ```
update customers set email = '``````
</details> @octocat ::set-output name=conclusion::pass
<img src="https://evil.example/pixel.png">';
